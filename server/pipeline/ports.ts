/** What the pipeline needs of the rest of the house. `context.ts` wires the real ones, tests pass fakes. */
import type { KnowledgeBase } from '../../kb/types.ts'
import type { Embedder, EntailmentModel, LanguageModel, RelevanceModel } from '../../models/types.ts'
import type { QuarantineStore } from '../store/incident-types.ts'
import type { ConfidenceModels } from '../policy/confidence.ts'
import type { TurnRecord } from '../store/types.ts'
import type { Form, Intake, Segment, Stage, Threshold } from '../types.ts'
import type { Whisper } from '../care-types.ts'
import type { ScopeRules } from '../scope-types.ts'

export interface Ports {
  /** ms since the epoch */
  clock: () => number
  knowledge: KnowledgeBase
  embedder: Embedder
  model: LanguageModel
  relevance: RelevanceModel
  /** Null where its weights are not installed: claims are then checked without it. */
  entailment: EntailmentModel | null
  scope: () => ScopeRules
  threshold: (segment: Segment, form: Form) => Threshold
  /** The firm sends by itself only what is certified (or was, and is watched). */
  certifiedOnly: boolean
  /** The weights of the confidence that hold now. */
  calibration: () => ConfidenceModels
  /** SHA-256 of the code that selects, checks and decides. */
  checker: string
  /** Chances 0..1 that an answer is chosen to be judged, and that two people are asked. */
  audit: () => { share: number; second: number }
  /** Uniform in [0, 1), not to be foreseen. */
  random: () => number
  texts: Texts
  /** The text with slips of the pen put right; left out where that can't be known. */
  spelled?: (text: string) => string
  /** What nothing may be answered from. */
  quarantine: Pick<QuarantineStore, 'active' | 'stamp'>
  /** Which of these texts state the same as the statement, in whatever words: why, or null, in their order. */
  states: (statement: string, texts: string[]) => Promise<(string | null)[]>
  /** Whether answers from articles past their review date may go out by themselves. */
  sendsExpired: boolean
  /** ms after which the customer should have heard of a held answer. */
  reviewDueMs: number
  /** Durable when it returns; `stale` when a cited revision is no longer in force. Throws when the record can't be written. */
  record: (record: TurnRecord) => { result: 'recorded' } | { result: 'stale'; revisions: string[] }
  onStage: (turn: string, stage: Stage) => void
  /** What was noticed in the message, as soon as it is read. */
  onRead?: (turn: string, intake: Intake) => void
  /** What a colleague said about the answer while it is made; asked for at the last moment. */
  whisper?: (turn: string) => Whisper | null
}

/** The fixed texts that a customer may be told (views/texts). */
export interface Texts {
  held: string
  handedOver: string
  askedForPerson: string
  /** A topic that a machine must not answer. */
  personOnly: string
  /** Follows an answer that is sent with a small doubt. */
  caveat: string
  /** Nothing in the documents answers it. */
  gap: string
  outOfScope: string
  /** A reviewer rejected what was held. */
  rejected: string
  /** Which of two readings is meant; the choices are whole messages that say it. */
  askBack: Record<'done' | 'cancel', { text: string; choices: readonly [string, string] }>
  /** To thanks, or when nothing more is needed. */
  settled: string
  /** To a greeting. */
  greeting: string
  failed: string
  cancelled: string
  busy: (seconds: number) => string
  /** Introduces the exact words of one article. */
  quoted: (title: string) => string
}
