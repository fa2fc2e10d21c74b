/** How like a piece of an answer is to the wrong statement, figure by figure and word by word. */
import type { Quantity } from '../../words/quantities.ts'
import type { ClaimParts } from './claim-parts.ts'

/** What was compared, each 0..1 unless said otherwise; the logistic mix weighs them. */
export interface Likeness {
  /** Of the statement's content words, the share that the piece has too, misspelt ones included. */
  coverage: number
  /** The same the other way round. */
  precision: number
  /** Of the statement's figures, the share that the piece doesn't have. */
  figuresMissing: number
  /** It has a figure of the same sort instead. */
  figureInstead: number
  /** The statement has figures, and all of them are there. */
  figuresAgree: number
  /** It denies what the statement doesn't, or the other way round. */
  denialDiffers: number
  past: number
  asks: number
  /** Of the names in the statement, the share that the whole answer doesn't have. */
  namesMissing: number
  /** It names something that the statement doesn't, while one of the statement's names is missing. */
  nameInstead: number
  /** How many kinds of thing it speaks of in the place of the statement's own (gas for electricity), 0 to 2. */
  otherKind: number
  /** How many kinds of thing it speaks of where the statement says nothing of which, 0 to 2. */
  moreKinds: number
}

export function likenessOf(statement: ClaimParts, piece: ClaimParts, answer: string): Likeness {
  const { matched, instead } = compareFigures(statement.figures, piece.figures)
  const figures = statement.figures.length
  const whole = answer.toLowerCase()
  const missing = [...statement.names].filter((name) => !whole.includes(name))
  const others = [...piece.names].filter((name) => !statement.names.has(name))
  const shared = share(statement.terms, piece.terms)
  return {
    coverage: shared,
    precision: share(piece.terms, statement.terms),
    figuresMissing: figures === 0 ? 0 : 1 - matched / figures,
    figureInstead: instead ? 1 : 0,
    figuresAgree: figures > 0 && matched === figures ? 1 : 0,
    denialDiffers: statement.denies === piece.denies ? 0 : 1,
    past: piece.past && !statement.past ? 1 : 0,
    asks: piece.asks ? 1 : 0,
    namesMissing: statement.names.size === 0 ? 0 : missing.length / statement.names.size,
    nameInstead: missing.length > 0 && others.length > 0 ? 1 : 0,
    ...compareKinds(statement, piece),
  }
}

function compareKinds(statement: ClaimParts, piece: ClaimParts): Pick<Likeness, 'otherKind' | 'moreKinds'> {
  let [otherKind, moreKinds] = [0, 0]
  for (const [group, there] of piece.kinds) {
    const wanted = statement.kinds.get(group)
    if (!wanted) moreKinds++
    else if (![...wanted].some((kind) => there.has(kind))) otherKind++
  }
  return { otherKind: Math.min(2, otherKind), moreKinds: Math.min(2, moreKinds) }
}

/** How many of the wanted figures are there, and whether one of the same sort stands in the place of a missing one. */
export function compareFigures(wanted: Quantity[], there: Quantity[]): { matched: number; instead: boolean } {
  const missing = wanted.filter((w) => !there.some((t) => sameFigure(w, t)))
  const left = there.filter((t) => !wanted.some((w) => sameFigure(w, t)))
  return { matched: wanted.length - missing.length, instead: missing.some((m) => left.some((l) => sameSort(m, l))) }
}

export function sameFigure(a: Quantity, b: Quantity): boolean {
  const [x, y] = [inBase(a), inBase(b)]
  if (x.unit === y.unit && x.value === y.value && (a.kind === b.kind || !exact(a, b))) return true
  if ((a.unit === '' || b.unit === '') && !exact(a, b)) return asWritten(a).some((value) => asWritten(b).includes(value))
  // "until 4 on Saturdays"
  const [time, bare] = a.kind === 'time' ? [a, b] : [b, a]
  return (
    time.kind === 'time' &&
    bare.kind === 'number' &&
    time.value.endsWith(':00') &&
    Number(time.value.slice(0, 2)) % 12 === Number(bare.value) % 12
  )
}

/** "60 years" is kept as 720 months; beside a bare 60 it counts as written. */
const asWritten = ({ value, unit }: Quantity): number[] =>
  [1, ...(unit === 'month' ? [12] : unit === 'day' ? [7] : [])].map((factor) => Number(value) / factor)

const exact = (a: Quantity, b: Quantity): boolean => [a, b].some((q) => ['date', 'time', 'percent', 'link', 'code'].includes(q.kind))

const sameSort = (a: Quantity, b: Quantity): boolean =>
  a.kind === b.kind || (a.kind === 'number' && b.kind === 'measure') || (a.kind === 'measure' && b.kind === 'number')

/** Hours as minutes: "2 hours", "120 minutes"; a day of the clock is 24 hours, a working day is not. */
function inBase({ value, unit }: Quantity): { value: string; unit: string } {
  const factor: Record<string, number> = { hour: 60, day: 1440 }
  const times = factor[unit]
  return times === undefined ? { value, unit } : { value: String(Number(value) * times), unit: 'minute' }
}

export function share(of: string[], among: string[]): number {
  if (of.length === 0) return 0
  const there = new Set(among)
  return of.filter((term) => there.has(term) || among.some((other) => nearly(term, other))).length / of.length
}

/** One letter more, less, other, or two swapped, in words of five letters or more. */
function nearly(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  return x.length <= 1 && y.length <= 1 ? true : x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0]
}
