/** What another threshold would have meant for the answers of the past. */
import { upperBound } from '../policy/binomial.ts'
import type { Cell } from '../store/certificate-types.ts'
import type { ScoredAnswer } from '../store/label-types.ts'
import { answersOf, type ProofParts } from './cells.ts'
import { keyOf, verdicts } from './evidence.ts'
import { scoreNow } from './measurements.ts'

export interface Preview {
  value: number
  /** Of the answers that can go out by themselves, those that would, 0..1; null without any answers. */
  share: number | null
  /** Judged answers that chance chose, at or above the value, and how many of them were wrong. */
  labels: number
  errors: number
  /** Upper end of the one-sided 95 % interval for what is wrong; 1 without labels. */
  worst: number
  /** Held for a person a day, as far as the answers of customers tell; null before there were any. */
  heldADay: number | null
}

export interface Flip {
  turn: string
  at: number
  source: ScoredAnswer['source']
  confidence: number
  /** It would go out by itself now; else it would be held now. */
  out: boolean
  /** What people said of it; null: unclear; undefined: nobody has judged it. */
  right: boolean | null | undefined
}

export interface History {
  answers: number
  judged: number
  preview(value: number): Preview
  /** Answers that the one value sends and the other holds, newest first. */
  flips(from: number, to: number): Flip[]
  /** Shares sent and what was wrong among them, from strict to loose. */
  curve: { value: number; share: number; labels: number; risk: number; worst: number }[]
}

const DAY = 86_400_000
const NEWEST = 5000

export function historyOf(cell: Cell, parts: ProofParts): History {
  const [models, hash] = [parts.calibration(), parts.fingerprint().calibration]
  const answers = answersOf(cell, parts, { newest: NEWEST })
    // The same answer to the same question stands there already.
    .population.filter((a) => !a.labelsOf)
    .map((a) => {
      const { turn, form, at, source, drawn } = a
      return { turn, form, at, source, drawn, confidence: scoreNow(a, models, hash) }
    })
    .toSorted((a, b) => b.confidence - a.confidence)
  const said = verdicts(parts.store.labels.list({ form: cell.form }))
  const judged = answers.flatMap((a) =>
    a.drawn && said.has(keyOf(a)) ? [{ confidence: a.confidence, right: said.get(keyOf(a)) === true }] : [],
  )
  const live = answers.filter((a) => a.source === 'live')
  const days = live.length > 0 ? Math.max(1, (parts.clock() - Math.min(...live.map((a) => a.at))) / DAY) : null

  const preview = (value: number): Preview => {
    const above = judged.filter((j) => j.confidence >= value)
    const errors = above.filter((j) => !j.right).length
    return {
      value,
      share: answers.length > 0 ? answers.filter((a) => a.confidence >= value).length / answers.length : null,
      labels: above.length,
      errors,
      worst: upperBound(errors, above.length),
      heldADay: days === null ? null : live.filter((a) => a.confidence < value).length / days,
    }
  }
  const shares = Array.from({ length: 20 }, (_, i) => (i + 1) / 20)
  const values = [...new Set(shares.map((share) => answers[Math.ceil(share * answers.length - 1e-9) - 1]?.confidence ?? 0))]
  return {
    answers: answers.length,
    judged: judged.length,
    preview,
    flips(from, to) {
      const out = to < from
      const [low, high] = out ? [to, from] : [from, to]
      return answers
        .filter((a) => a.confidence >= low && a.confidence < high)
        .toSorted((a, b) => b.at - a.at)
        .map((a) => ({ turn: a.turn, at: a.at, source: a.source, confidence: a.confidence, out, right: said.get(keyOf(a)) }))
    },
    curve:
      answers.length === 0
        ? []
        : values
            .map(preview)
            .flatMap((p) =>
              p.labels > 0 ? [{ value: p.value, share: p.share ?? 0, labels: p.labels, risk: p.errors / p.labels, worst: p.worst }] : [],
            ),
  }
}
