/** The vocabulary of the house (docs/tour.md). Types only: every room may import them. */
import type { Author } from './conversation-types.ts'
import type { Block, Hit } from '../kb/types.ts'
import type { ModelIdentity, ModelTimings } from '../models/types.ts'
import type { TopicRule } from './scope-types.ts'
import type { CareEvent, Care, Whisper } from './care-types.ts'

// --- Who, where, what about -------------------------------------------------------------------------------------------

export const ROLES = ['reviewer', 'editor', 'auditor', 'admin'] as const
export type Role = (typeof ROLES)[number]

export const CHANNELS = ['portal', 'api'] as const
export type Channel = (typeof CHANNELS)[number]

/** `customer:ID`, `staff:ID`, `key:ID` or `system`: pseudonymous, and the only name that the log knows. */
export type Actor = string

export interface Segment {
  topic: string
  channel: Channel
  tier: string
}

export interface Customer {
  id: string
  tier: string
}

export interface StaffMember {
  id: string
  name: string
  roles: Role[]
  /** The password was made up for them: until they have chosen their own, they can do nothing else. */
  oneTimePassword?: true
}

// --- Verdict, form, thresholds ----------------------------------------------------------------------------------------

/** From least to most cautious; where rules differ, the last one in this list wins. */
export const VERDICTS = ['send', 'caveat', 'hold', 'decline', 'escalate'] as const
export type Verdict = (typeof VERDICTS)[number]

export const FORMS = ['written', 'quoted'] as const
export type Form = (typeof FORMS)[number]

/**
 * `provisional`: set by a person, unproven; `certified`: its error rate is bounded; `lapsed`: it was, before something changed that the proof
 * rests on; `suspended`: audits found too many wrong, so nothing goes out by itself.
 */
export type ThresholdState = 'provisional' | 'certified' | 'lapsed' | 'suspended'

/** One cell of the matrix. `*` stands for every topic, channel or tier; the most particular one that fits applies. */
export interface Threshold {
  topic: string
  channel: Channel | '*'
  tier: string
  form: Form
  /** Confidence (0..1) from which this form is sent by itself; above 1: never. */
  value: number
  state: ThresholdState
  setBy: Actor
  reason: string
  /** ms since the epoch */
  at: number
}

// --- One turn, step by step -------------------------------------------------------------------------------------------

export interface Ask {
  turn: string
  conversation: string
  customer: Customer
  channel: Channel
  text: string
  /** Earlier messages of the conversation, oldest first. */
  history: { author: Author; text: string; feedback?: 'up' | 'down' | null }[]
  /** What the customer asked in other conversations within the last day, oldest first. */
  lately?: string[]
  /** What was noticed earlier in the conversation. */
  noticed?: CareEvent[]
}

/** What a signal saw in a message. `strength` 0..1. */
export interface Signal {
  signal: string
  strength: number
  why: string
}

export interface Intake {
  /** The question as it is searched and shown to the model: trimmed, personal data masked. */
  question: string
  /** The message it was taken from, where that is long; scope looks at all of it. */
  whole?: string
  language: string
  signals: Signal[]
  /** With this message's signals; absent in older records. */
  care?: Care
}

export interface ScopeResult {
  topic: string
  /** Cosine 0..1 of the question to the nearest topic; null where the firm has named no topics. */
  similarity: number | null
  rule: TopicRule
  /** Why this rule: the topic's title, the urgent case, … in words. */
  why: string
  urgent: { case: string; text: string } | null
  /** Largest amount of money named in the question, if it is above the firm's limit. */
  amount: number | null
  outOfScope: boolean
}

/** The blocks that answer the question, best first, and how sure selection is that they do. */
export interface Evidence {
  blocks: ScoredBlock[]
  /** Named figures that the confidence is computed from. */
  signals: Record<string, number>
  /** False: too little was found; a gap, and nothing is written. */
  enough: boolean
}

export interface ScoredBlock {
  block: Block
  /** What it is ranked by. */
  score: number
  /** By words and vectors alone, 0..1. */
  words: number
  /** Logit of the relevance model. */
  relevance: number
  cosine: number
  coverage: number
}

export interface Citation {
  article: string
  revision: string
  title: string
  start: number
  end: number
  /** `text.slice(start, end)` of the revision, exactly. */
  quote: string
}

/** One sentence of an answer with the words of the articles that it rests on. */
export interface Sentence {
  start: number
  end: number
  citations: Citation[]
}

export interface Quotation {
  /** Exactly what the customer would read: introduction and quoted words. */
  text: string
  sentences: Sentence[]
  citations: Citation[]
}

export interface Draft {
  /** What the model wrote, less what was cut; empty when it abstained. */
  text: string
  abstained: boolean
  signals: Record<string, number>
  prompt: { system: string; context: string; question: string }
  seed: number
  timings: ModelTimings
  /** The one sentence that failed a check and was left out of `text`; `whole`: what the model had written. */
  cut?: { sentence: string; whole: string; why: string }
}

/** One checkable sentence of a draft. */
export interface Claim {
  index: number
  start: number
  end: number
  text: string
  evidence: Citation[]
}

/** What a check says. `failed`: the claim is contradicted or unsupported, or the check could not run. */
export interface Finding {
  check: string
  /** Index of the claim; null: about the answer as a whole. */
  claim: number | null
  result: 'passed' | 'doubtful' | 'failed'
  /** In words for a support lead. */
  why: string
  /** Named figures for the confidence. */
  signals?: Record<string, number>
  /** True when the check itself broke. */
  broken?: boolean
  /** Shown, and a signal of the confidence, but by itself no reason for a verdict. */
  advisory?: true
}

/**
 * What stands against sending an answer by itself, whatever its confidence. `expired`: it rests on an article past its review date;
 * `quarantined`: it states what an incident found wrong, or is about a topic that is held meanwhile.
 */
export type Concern =
  | {
      kind: 'expired'
      article: string
      title: string
      /** ISO date */
      review: string
    }
  | { kind: 'quarantined'; incident: string; what: 'topic' | 'claim' }
  /** Two articles in force give different figures for the same thing. */
  | { kind: 'contradiction'; says: [Saying, Saying] }

interface Saying {
  article: string
  title: string
  figure: string
}

/** A calibrated probability that the form is right, and what each signal did to it (in logits). */
export interface Confidence {
  value: number
  contributions: { signal: string; value: number; effect: number }[]
}

/** What a rule says, and why, in words. */
export interface RuleResult {
  rule: string
  verdict: Verdict
  why: string
}

export interface Decision {
  verdict: Verdict
  form: Form | null
  confidence: number
  /** As it held in this conversation, raised by its care. */
  threshold: { written: number; quoted: number }
  /** Why a form might not go out by itself, however sure it was. Left out by turns from before there was such a thing. */
  barred?: Record<Form, 'suspended' | 'uncertified' | null>
  rules: RuleResult[]
  /** What the customer is told now (for a hold: that a colleague checks). */
  text: string
  citations: Citation[]
  sentences: Sentence[]
}

/** Everything that happened in one turn: the body of its log entry, and what the console's trace shows. */
export interface Trace {
  turn: string
  conversation: string
  /** ms since the epoch */
  at: number
  channel: Channel
  tier: string
  question: string
  intake: Intake
  scope: ScopeResult
  /** Passages that the search found, best first. */
  hits: Hit[]
  evidence: Evidence | null
  quotation: Quotation | null
  draft: Draft | null
  claims: Claim[]
  findings: Finding[]
  confidence: { written: Confidence | null; quoted: Confidence | null }
  /** Absent in records from before there were any. */
  concerns?: Concern[]
  /** What a colleague said while it was made. */
  whisper?: Whisper | null
  decision: Decision
  /** Milliseconds a stage. */
  timings: Record<string, number>
  /** What writing and each check cost. Absent in records from before it was counted. */
  costs?: Cost[]
  /** SHA-256 over the revisions in force, and what answered and checked. */
  snapshot: string
  models: ModelIdentity[]
  /** Hash of the weights of the confidence and of the versions of checks and rules. */
  rulebook: string
  /** Version of the weights that scored it. Left out by turns from before they could be fitted anew. */
  calibration?: string
}

/** Milliseconds of a step, and tokens of the language model: read, found in its cache, written. `skipped`: why it was not needed. */
export interface Cost {
  step: string
  ms: number
  read: number
  cached: number
  written: number
  skipped?: string
}

export type Stage = 'reading' | 'searching' | 'writing' | 'checking'
