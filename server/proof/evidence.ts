/** Which answers a cell's threshold decides about, and which of them were judged by chance's choice alone. Pure. */
import type { Label as Row } from '../policy/certificate.ts'
import type { Fingerprint, Label, ScoredAnswer } from '../store/label-types.ts'

/** The answers that chance chose, in the order in which they were made, as far as all of them are judged. */
export interface Sample {
  /** One a conversation. */
  rows: (Row & Pick<ScoredAnswer, 'turn' | 'at'>)[]
  /** Chosen, but not judged yet. */
  waiting: number
  /** Judged, but made after one that still waits: they count as soon as that one is judged. */
  behind: number
  /** Judged, but made by something else than what answers now: they count for nothing until they are asked again. */
  outdated: number
  /** Of those asked again after a change; null when none was. */
  again: { answers: number; same: number; mended: number; waiting: number } | null
}

/**
 * Answers of a cell that go out by themselves if their confidence suffices. A quotation only counts where no written answer goes out instead:
 * `writtenFrom` says from which confidence that is.
 */
export function populationOf(
  scored: readonly ScoredAnswer[],
  applies: (answer: ScoredAnswer) => boolean,
  writtenFrom: (answer: ScoredAnswer) => number,
): ScoredAnswer[] {
  return scored.filter((a) => a.eligible && applies(a) && (a.rival === null || a.rival < writtenFrom(a)))
}

/**
 * The sample that a certificate may rest on: chosen by chance before anybody saw the answer, made by what answers now. It ends before the first
 * that nobody has judged, or what is hard to judge would be left out. Who can't tell whether it is right counts against it; so does one
 * of two judges who calls it wrong. Of an answer that was asked for again after a change the judgements of the earlier one hold only if
 * it is still the same; one that was wrong and then mended counts as wrong, for what was not seen was not mended (docs/decisions/0016).
 */
export function sampleOf(of: {
  population: readonly ScoredAnswer[]
  labels: readonly Label[]
  fingerprint: Fingerprint
  since: number
  writtenFrom: (answer: ScoredAnswer) => number
}): Sample {
  const said = verdicts(of.labels)
  const seen = new Set<string>()
  const chosen = of.population.filter((a) => a.drawn && a.at >= of.since)
  const drawn = chosen
    .filter((a) => sameMaking(a.fingerprint, of.fingerprint))
    // Made while written answers went out more readily: some quotations of that time had no chance to be chosen.
    .filter((a) => a.rival === null || (a.rivalFrom ?? 0) >= of.writtenFrom(a))
    .toSorted((a, b) => a.at - b.at || (a.turn < b.turn ? -1 : 1))
    .filter((a) => !seen.has(a.conversation) && seen.add(a.conversation))
  const judged = drawn.map((a) => ({
    ...a,
    right: a.mended ? false : said.get(keyOf(a.labelsOf ? { turn: a.labelsOf, form: a.form } : a)),
  }))
  const again = judged.filter((a) => a.source === 'again')
  const gap = judged.findIndex((a) => a.right === undefined)
  const counted = gap === -1 ? judged : judged.slice(0, gap)
  const unjudged = judged.filter((a) => a.right === undefined).length
  return {
    rows: counted.map(({ turn, at, conversation, confidence, right }) => ({ turn, at, conversation, confidence, right: right === true })),
    waiting: unjudged,
    behind: judged.length - counted.length - unjudged,
    outdated: chosen.filter((a) => !sameMaking(a.fingerprint, of.fingerprint) && said.has(keyOf(a))).length,
    again:
      again.length === 0
        ? null
        : {
            answers: again.length,
            same: again.filter((a) => a.labelsOf && !a.mended).length,
            mended: again.filter((a) => a.mended).length,
            waiting: again.filter((a) => a.right === undefined).length,
          },
  }
}

/** What was said of each answer: wrong as soon as one says so, right when somebody does, else unclear. Keys are of `keyOf`. */
export function verdicts(labels: readonly Label[]): Map<string, boolean | null> {
  const said = new Map<string, boolean | null>()
  for (const label of labels) {
    const key = keyOf(label)
    const before = said.get(key)
    said.set(key, before === false || label.right === false ? false : before === true || label.right === true ? true : null)
  }
  return said
}

export const keyOf = ({ turn, form }: Pick<ScoredAnswer, 'turn' | 'form'>): string => `${turn} ${form}`

export const sameMaking = (a: Fingerprint, b: Fingerprint): boolean => changedParts(a, b).length === 0

/** What differs between two makings. */
export const changedParts = (a: Fingerprint, b: Fingerprint): (keyof Fingerprint)[] =>
  (['knowledge', 'models', 'prompt', 'checker', 'calibration'] as const).filter((part) => a[part] !== b[part])
