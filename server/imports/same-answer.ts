import type { JudgedBefore, Kept } from '../store/round-types.ts'
import type { Citation, Form, Trace } from '../types.ts'

/**
 * What stays of earlier judgements of a question. A judgement holds for a new answer only if that is word for word the one that was judged and
 * rests on the same words in the same surroundings. One that was wrong, and is answered from other passages since, counts as mended.
 */
export function keptOf(form: Form, now: Trace, before: { answers: JudgedBefore[]; mended: boolean }): Kept {
  const same = before.answers.find(({ trace }) => trace && isSame(form, trace, now))
  const mendedNow = before.answers.some(({ trace, right }) => right === false && (!trace || foundIn(trace) !== foundIn(now)))
  return { labelsOf: same?.turn ?? null, mended: before.mended || (!same && mendedNow) }
}

const isSame = (form: Form, a: Trace, b: Trace): boolean => saidIn(form, a) === saidIn(form, b) && groundOf(form, a) === groundOf(form, b)

const saidIn = (form: Form, { draft, quotation }: Trace): string | undefined => (form === 'written' ? draft?.text : quotation?.text)

/** The words that the answer cites, each with the passage that it stands in: what came before or after it may matter. Ids don't. */
const groundOf = (form: Form, trace: Trace): string =>
  citedIn(form, trace)
    .map((c) => JSON.stringify([c.quote, passageOf(c, trace)]))
    .toSorted(byCode)
    .join()

const citedIn = (form: Form, { claims, quotation }: Trace): Citation[] =>
  form === 'written' ? claims.flatMap((c) => c.evidence) : (quotation?.citations ?? [])

/** Words that stand outside of the passages found have only their revision to say what surrounds them. */
const passageOf = ({ revision, start, end }: Citation, { hits }: Trace): string =>
  hits.find(({ passage: p }) => p.revision === revision && p.start <= start && end <= p.end)?.passage.text ?? revision

/** All that the search found. */
const foundIn = ({ hits }: Trace): string => JSON.stringify(hits.map((hit) => hit.passage.text).toSorted(byCode))

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
