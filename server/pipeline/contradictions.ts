import { quantitiesOf, type Quantity } from '../../words/quantities.ts'
import { termsOf } from '../../words/terms.ts'
import { dot } from '../checks/claims.ts'
import type { Concern, Evidence, ScoredBlock } from '../types.ts'
import type { Ports } from './ports.ts'

/**
 * Two blocks speak of the same thing when the other one answers the question too (logit of the relevance model) and has not much less of its
 * words (share of their weight), they mean nearly the same (cosine of their own words) and share words (of the shorter one's). Chosen on the
 * questions of three firms; what it is worth stands in docs/measurements.md.
 */
const NEAR = { relevance: 3, lessCovered: 0.3, cosine: 0.66, shared: 0.4 }
/** Or the other one answers the question nearly as well as the best, in logits of the relevance model: then it may use other words. */
const AS_WELL = { relevance: 4, less: 2 }

/** Blocks of another article that state other figures for the same thing as the best block. */
export async function contradictionsOf(evidence: Evidence, ports: Pick<Ports, 'knowledge' | 'embedder'>): Promise<Concern[]> {
  const [first, ...others] = evidence.blocks
  if (!first) return []
  const concerns: Concern[] = []
  for (const other of others) {
    if (!mayDisagree(first, other, ports)) continue
    const [own, its] = differing(quantitiesOf(first.block.text), quantitiesOf(other.block.text))
    if (!own || !its || !(answersAsWell(first, other) || (await meansTheSame(first, other, ports)))) continue
    const says = ({ block }: ScoredBlock, figure: Quantity) => ({ article: block.article, title: block.title, figure: figure.text })
    concerns.push({ kind: 'contradiction', says: [says(first, own), says(other, its)] })
  }
  return concerns
}

const answersAsWell = (first: ScoredBlock, other: ScoredBlock): boolean =>
  other.relevance >= AS_WELL.relevance && other.relevance >= first.relevance - AS_WELL.less

/** Rows are of different things where their tables are; articles for different customers may well give different figures. */
function mayDisagree(first: ScoredBlock, other: ScoredBlock, { knowledge }: Pick<Ports, 'knowledge'>): boolean {
  const tier = ({ block }: ScoredBlock) => knowledge.revision(block.revision)?.tier
  return (
    other.block.article !== first.block.article &&
    !(first.block.kind === 'row' && other.block.kind === 'row') &&
    tier(first) === tier(other)
  )
}

async function meansTheSame(first: ScoredBlock, other: ScoredBlock, ports: Pick<Ports, 'embedder'>): Promise<boolean> {
  return (
    other.relevance >= NEAR.relevance &&
    other.coverage >= first.coverage - NEAR.lessCovered &&
    sharedWords(first.block.text, other.block.text) >= NEAR.shared &&
    (await cosineOf(first, other, ports)) >= NEAR.cosine
  )
}

function sharedWords(a: string, b: string): number {
  const [one, two] = [new Set(termsOf(a)), new Set(termsOf(b))]
  return [...one].filter((term) => two.has(term)).length / Math.max(1, Math.min(one.size, two.size))
}

/** The first figures of the same sort that each has and the other has not. Where one side's are all among the other's, it only says more. */
function differing(a: Quantity[], b: Quantity[]): [Quantity | null, Quantity | null] {
  for (const sort of new Set(a.map(sortOf))) {
    const [one, two] = [a, b].map((all) => all.filter((q) => sort !== null && sortOf(q) === sort)) as [Quantity[], Quantity[]]
    const own = one.find((q) => !two.some((t) => same(q, t)))
    const its = two.find((q) => !one.some((o) => same(q, o)))
    if (own && its) return [own, its]
  }
  return [null, null]
}

const same = (a: Quantity, b: Quantity): boolean => a.value === b.value && a.unit === b.unit

const DURATIONS = new Set(['minute', 'hour', 'day', 'working day', 'week', 'fortnight', 'month', 'year'])

/** Figures that can be set against each other; null: numbers without a unit, codes and links can't. */
function sortOf({ kind, unit }: Quantity): string | null {
  if (kind === 'measure') return DURATIONS.has(unit) ? 'duration' : unit
  return kind === 'money' || kind === 'percent' || kind === 'time' || kind === 'date' ? kind : null
}

async function cosineOf(a: ScoredBlock, b: ScoredBlock, { embedder }: Pick<Ports, 'embedder'>): Promise<number> {
  const [one, two] = await embedder.embed([a.block.text, b.block.text])
  return one && two ? dot(one, two) : 0
}
