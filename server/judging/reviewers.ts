/** How much those who judge agree, how they do with answers whose verdict is known, and how long they take. */
import { agreement, type Agreement } from '../policy/kappa.ts'
import type { Decoy } from '../store/import-types.ts'
import type { Label } from '../store/label-types.ts'
import type { Actor } from '../types.ts'

export interface Judge {
  by: Actor
  judged: number
  /** With others, on answers that more than one person judged; null without any. */
  agreement: Agreement | null
  decoys: { shown: number; right: number }
  /** Median seconds an answer; null where none was measured. */
  seconds: number | null
}

/** Everybody who judged something, in no order. */
export function judgesOf(labels: readonly Label[], decoys: readonly Decoy[]): Judge[] {
  const people = new Set([...labels.map((l) => l.by), ...decoys.map((d) => d.by)])
  const shared = byAnswer(labels).filter((same) => same.length > 1)
  return [...people].map((by) => {
    const own = labels.filter((l) => l.by === by)
    const shown = decoys.filter((d) => d.by === by)
    return {
      by,
      judged: own.length,
      agreement: agreement(shared.flatMap((same) => pairsOf(by, same))),
      decoys: { shown: shown.length, right: shown.filter((d) => d.said === d.known).length },
      seconds: median([...own, ...shown].flatMap(({ seconds }) => seconds ?? [])),
    }
  })
}

/** Of all who judge: the first two judgements of each answer that has two. */
export function agreementOfAll(labels: readonly Label[]): Agreement | null {
  return agreement(
    byAnswer(labels).flatMap(([first, second]) => (first && second ? [[said(first), said(second)] as [string, string]] : [])),
  )
}

/** The labels of each answer, oldest first. */
function byAnswer(labels: readonly Label[]): Label[][] {
  const answers = new Map<string, Label[]>()
  for (const label of labels.toSorted((a, b) => a.at - b.at)) {
    const key = `${label.turn} ${label.form}`
    answers.set(key, [...(answers.get(key) ?? []), label])
  }
  return [...answers.values()]
}

function pairsOf(by: Actor, same: Label[]): [string, string][] {
  const own = same.find((l) => l.by === by)
  return own ? same.filter((l) => l.by !== by).map((other): [string, string] => [said(own), said(other)]) : []
}

const said = ({ right }: Label): string => (right === null ? 'unclear' : right ? 'right' : 'wrong')

function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  if (sorted.length === 0) return null
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
