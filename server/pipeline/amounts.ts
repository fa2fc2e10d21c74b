import { quantitiesOf, type Quantity } from '../../words/quantities.ts'

/** "12k", "30 grand": money only in a customer's mouth. */
const SPOKEN = /(?<![\w.,])(\d+(?:[.,]\d+)*)\s?(k|grand|thousand|million|m)\b/gi
const SCALE: Record<string, number> = { k: 1e3, grand: 1e3, thousand: 1e3, million: 1e6, m: 1e6 }
/** What makes a figure without a currency something else: a number of something, a year. */
const NUMBER_OF = /(?:\b(?:ref|reference|number|no|nr|code|id|order|account|ending|invoice|form)|#)[ .:#]*$/i
const AT_A_TIME = /\b(?:in|since|until|till|before|after|by|year|spring|summer|autumn|winter)\s+$/i

/**
 * The largest amount that is named; 0: none. In whatever currency, since the limit is there to be careful; and without one ("send 30000 to
 * my brother"), since people leave it out.
 */
export function largestAmount(question: string): number {
  const figures = quantitiesOf(question).filter((q) => q.kind === 'money' || (q.kind === 'number' && mayBeMoney(q, question)))
  const spoken = Array.from(
    question.matchAll(SPOKEN),
    (m) => Number((m[1] ?? '').replaceAll(',', '')) * (SCALE[(m[2] ?? '').toLowerCase()] ?? 1),
  )
  const inFull = figures.map((q) => Number(q.value) / (q.unit === 'penny' ? 100 : 1))
  return Math.max(0, ...inFull, ...spoken)
}

function mayBeMoney({ start, text }: Quantity, question: string): boolean {
  const before = question.slice(0, start)
  const year = /^(?:19|20)\d\d$/.test(text)
  return !NUMBER_OF.test(before) && !(year && AT_A_TIME.test(before))
}
