/**
 * Does an answer say the same as a wrong statement? Its pieces are compared by meaning, words, figures, names and denial; a logistic mix
 * weighs it (fitted by scripts/fit-same-claim.ts on half of planted.jsonl), and the piece most like the statement counts. Where that leaves
 * it open, the answering model is asked, and a second mix weighs both.
 */
import type { Embedder, LanguageModel, Lane } from '../../models/types.ts'
import type { LogisticModel } from '../policy/confidence.ts'
import { alignedTo } from './align.ts'
import { partsOf, type ClaimParts } from './claim-parts.ts'
import { comparePieces, type ComparedPiece } from './compare.ts'
import { likelyBeside } from './likely.ts'
import { opinionOf } from './opinion.ts'
import fitted from './same-claim.json' with { type: 'json' }
import type { ClaimMatcher, Match } from './types.ts'
import { whyOf } from './why.ts'

export interface MatchModels {
  embedder: Embedder
  /** Null: by words and vectors alone; quick, and takes more look-alikes. */
  model: LanguageModel | null
  lane: Lane
}

export interface MatchWeights {
  /** Of the signals of a piece; the logit is `words` in the other one. */
  words: LogisticModel
  /** Of `words`, `opinion`, and `self`: what the model says of the statement beside itself, for it is readier to say Yes of some than of others. */
  asked: LogisticModel
  /** Logits of `words`: from where an answer is a hit where no model is asked, and below and above which it isn't asked. */
  limits: { alone: number; low: number; high: number }
  /** Logit of `asked` from which an answer is a hit. */
  hit: number
}

/** Longer answers are shown to the model in part: the piece most like the statement and a sentence to each side. */
const SHOWN = 400
/** In logits: an answer so like the statement that nobody is asked is this far above the limit. */
const SURE = 3

/** Errors of a matcher: those of the models. */
export function claimMatcher(models: MatchModels, weights: MatchWeights = fitted): (statement: string) => ClaimMatcher {
  return (statement) => {
    const wrong = partsOf(statement)
    const ask = models.model && asker(statement, models.model, models.lane)
    return {
      likeness: likelyBeside(wrong),
      async match(answers, signal) {
        const compared = await comparePieces(wrong, answers, models.embedder)
        const matches: Match[] = []
        for (const [i, answer] of answers.entries()) {
          signal?.throwIfAborted()
          matches.push(await matchOf(wrong, answer, compared[i] ?? [], ask, weights, signal))
        }
        return matches
      },
    }
  }
}

type Ask = (text: string, signal: AbortSignal | undefined) => Promise<{ opinion: number; self: number }>

function asker(statement: string, model: LanguageModel, lane: Lane): Ask {
  let self: number | null = null
  return async (text, signal) => {
    self ??= await opinionOf(statement, statement, model, lane, signal)
    return { opinion: await opinionOf(statement, text, model, lane, signal), self }
  }
}

async function matchOf(
  wrong: ClaimParts,
  answer: string,
  pieces: ComparedPiece[],
  ask: Ask | null,
  { words, limits, asked, hit }: MatchWeights,
  signal: AbortSignal | undefined,
): Promise<Match> {
  const best = bestOf(pieces, words)
  if (!best) return { hit: false, score: 0, said: null, why: 'There is nothing in it.' }
  const { piece, logit } = best
  const open = ask !== null && logit >= limits.low && logit <= limits.high
  const said = open ? await ask(shownOf(wrong, answer, piece), signal) : null
  const over = said ? logitOf(asked, { words: logit, ...said }) - hit : logit - settledAt(logit, limits, ask !== null)
  return { hit: over >= 0, score: sigmoid(over), said: piece.span, why: whyOf(over >= 0, wrong, piece, said?.opinion ?? null) }
}

/** The logit of words from which an answer that nobody is asked about is a hit. */
function settledAt(logit: number, { alone, low, high }: MatchWeights['limits'], mayAsk: boolean): number {
  if (!mayAsk) return alone
  return logit < low ? low : high - SURE
}

/** The piece most like the statement, with its logit. */
export function bestOf(pieces: ComparedPiece[], words: LogisticModel): { piece: ComparedPiece; logit: number } | null {
  let best: { piece: ComparedPiece; logit: number } | null = null
  for (const piece of pieces) {
    const logit = logitOf(words, piece.signals as unknown as Record<string, number>)
    if (!best || logit > best.logit) best = { piece, logit }
  }
  return best
}

/** What of an answer the model is shown, with figures written as in the statement. */
export function shownOf(wrong: ClaimParts, answer: string, { span }: ComparedPiece): string {
  const room = answer.length <= SHOWN ? answer.length : Math.max(0, SHOWN - (span.end - span.start)) / 2
  return alignedTo(wrong, answer.slice(Math.max(0, span.start - room), span.end + room))
}

export function logitOf({ bias, signals }: LogisticModel, values: Record<string, number>): number {
  return Object.entries(signals).reduce(
    (sum, [name, t]) => sum + (t.weight * (Math.min(t.max, Math.max(t.min, values[name] ?? 0)) - t.centre)) / t.spread,
    bias,
  )
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
