import type { Embedder, EntailmentModel, LanguageModel, Lane } from '../../models/types.ts'
import { sentencesOf } from '../../words/sentences.ts'
import { termsOf, wordsOf } from '../../words/terms.ts'
import type { Finding } from '../types.ts'
import { groundClaims, splitClaims } from './claims.ts'
import { runChecks } from './index.ts'
import type { GroundedClaim, Window } from './check.ts'
import { supportScore } from './support.ts'

const MOST_WORDS = 110
/** About 1,300 tokens: what the answering model reads at most. */
const MOST_READ = 1000
const SYSTEM =
  'You check statements against a passage. You say Yes only if the passage states or directly implies every fact in the statement.'

interface Models {
  embedder: Embedder
  /** Null: the premise is judged without its second opinion. */
  model: LanguageModel | null
  entailment?: EntailmentModel | null
  lane?: Lane
}

/**
 * Does the premise support every part of the claim? `score` 0..1; `supported` at a limit fixed beforehand. The same splitting, windows and
 * checks as for an answer; the least supported sentence counts.
 */
export async function groundPair(
  { embedder, model, entailment = null, lane = 'background' }: Models,
  { claim, premise }: { claim: string; premise: string },
): Promise<{ score: number; supported: boolean; findings: Finding[] }> {
  const windows = windowsOf(premise)
  const idf = idfOf(windows)
  const claims = await groundClaims(splitClaims(claim), windows, idf, embedder)
  if (claims.length === 0)
    return {
      score: 0,
      supported: false,
      findings: [{ check: 'evidence', claim: null, result: 'failed', why: 'There is nothing to check, or nothing to check it against.' }],
    }
  const judge = model ? { model, system: SYSTEM, context: `Passage: ${contextOf(premise, claims)}`, lane } : null
  const findings = await runChecks({ question: '', answer: claim, claims, windows, idf, embedder, entailment, premise, judge })
  const score = Math.min(
    ...claims.map((c) =>
      claimScore(
        supportScore(c.support),
        findings.filter((f) => f.claim === c.index || f.claim === null),
      ),
    ),
  )
  return { score, supported: score >= 0.5, findings }
}

/** In logits of the second opinion: it says No somewhat too readily, and a denial that the premise lacks weighs against the claim. */
const LENIENCE = 0.6
const DENIAL = 1
const ENTAILMENT = 1
/** Of a claim with a figure that the premise doesn't give, or with a check that could not run. */
const CEILING = 0.3

/**
 * The second opinion and the entailment model together, corrected by what the other checks see; word support where no model is to be asked.
 * Round weights, chosen on 200 claims of the sample bank and 314 of four open sets: the opinion knows a support desk's claims (AUROC .79
 * against .65), the entailment model those of the open sets (.84 against .76); what that comes to is in docs/measurements.md.
 */
function claimScore(words: number, findings: Finding[]): number {
  const failed = (check: string): boolean => findings.some((f) => f.check === check && f.result === 'failed')
  const signal = (name: string): number | undefined => findings.find((f) => f.signals?.[name] !== undefined)?.signals?.[name]
  const opinion = signal('opinion')
  const entailed = ENTAILMENT * (signal('entailment') ?? 0)
  const logit = opinion === undefined ? 4 * (words - 0.72) + entailed : opinion + LENIENCE + entailed - (failed('negation') ? DENIAL : 0)
  const score = 1 / (1 + Math.exp(-logit))
  return failed('quantities') || findings.some((f) => f.broken) ? Math.min(score, CEILING) : score
}

/** The premise, or of one that is too long to be read whole the windows that support the claims best. */
function contextOf(premise: string, claims: GroundedClaim[]): string {
  return count(premise) <= MOST_READ ? premise : [...new Set(claims.map((c) => c.window.text))].join('\n')
}

/** Runs of sentences of at most 110 words; a long premise gives overlapping windows, so that no sentence is torn from the one before. */
export function windowsOf(premise: string): Window[] {
  const pieces = premise.split(/\n+/).flatMap((line) => sentencesOf(line).map((s) => line.slice(s.start, s.end)))
  const windows: Window[] = []
  for (let from = 0; from < pieces.length;) {
    let to = from
    let words = 0
    while (to < pieces.length && (to === from || words + count(pieces[to]) <= MOST_WORDS)) words += count(pieces[to++])
    windows.push({ text: pieces.slice(from, to).join('\n'), about: '', cites: [] })
    if (to === pieces.length) break
    from = Math.max(from + 1, to - 1)
  }
  return windows
}

const count = (text = ''): number => text.split(/\s+/).length

/** Rareness within the premise itself, where there is no collection to ask: ln(1 + windows / windows with the word), at least ln 2. */
function idfOf(windows: Window[]): (term: string) => number {
  const sets = windows.map((w) => new Set(wordsOf(w.text).map((word) => word.term)))
  return (term) => Math.log(1 + (sets.length + 1) / (sets.filter((s) => s.has(term)).length + 1)) * (termsOf(term).length > 0 ? 1 : 0.3)
}
