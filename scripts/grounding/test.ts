/** How well the installed checker judges claims made from a firm's own documents. */
import { groundPair } from '../../server/checks/ground-pair.ts'
import type { Context } from '../../server/context.ts'
import { balancedAccuracy, withInterval, type Scored } from './figures.ts'
import { FALSE_KINDS, TRUE_KINDS, type MadePair } from './pairs.ts'

export type Checked = MadePair & Scored

/** The first `limit` pairs of a fair mixture: one of each kind after another, from all over the documents. */
export function sampleOf(pairs: MadePair[], limit: number): MadePair[] {
  const kinds = [...Map.groupBy(pairs, (p) => `${p.label} ${p.kind}`).values()].map((list) => spread(list, limit))
  const mixed = Array.from({ length: Math.max(0, ...kinds.map((k) => k.length)) }, (_, i) => kinds.flatMap((k) => k[i] ?? [])).flat()
  return mixed.slice(0, limit)
}

/** Evenly over the list, so that a short sample isn't all of the first articles. */
function spread(list: MadePair[], most: number): MadePair[] {
  const n = Math.min(most, list.length)
  return Array.from({ length: n }, (_, i) => list[Math.floor((i * list.length) / n)] as MadePair)
}

export async function check(
  pairs: MadePair[],
  { ports }: Pick<Context, 'ports'>,
  { opinion, onProgress }: { opinion: boolean; onProgress: (done: number) => void },
): Promise<Checked[]> {
  const checked: Checked[] = []
  for (const pair of pairs) {
    const { supported } = await groundPair({ ...ports, model: opinion ? ports.model : null }, pair)
    checked.push({ ...pair, score: supported ? 1 : 0, right: pair.label === 1, group: pair.article })
    onProgress(checked.length)
  }
  return checked
}

/** A table: balanced accuracy of each kind of mistake against all true claims; what each kind of true claim is accepted. 95 % intervals. */
export function reportOf(checked: Checked[]): string {
  const accepted = checked.filter((c) => c.right)
  const line = (name: string, rows: Checked[], figure: (rows: Checked[]) => number, n: number): string[] => {
    if (n === 0) return []
    const { value, low, high } = withInterval(rows, figure)
    return [`${name.padEnd(20)}${String(n).padStart(5)}   ${two(value)}   ${two(low)} to ${two(high)}`]
  }
  const share = (rows: Checked[]): number => rows.filter((r) => r.score === 1).length / rows.length
  return [
    'mistake                 n   balanced accuracy',
    ...FALSE_KINDS.flatMap((kind) => {
      const mine = checked.filter((c) => !c.right && c.kind === kind)
      return line(kind, [...accepted, ...mine], (rows) => balancedAccuracy(rows, 0.5), mine.length)
    }),
    ...line('all', checked, (rows) => balancedAccuracy(rows, 0.5), checked.length),
    '',
    'true claim              n   accepted',
    ...TRUE_KINDS.flatMap((kind) => {
      const mine = accepted.filter((c) => c.kind === kind)
      return line(kind, mine, share, mine.length)
    }),
  ].join('\n')
}

const two = (x: number): string => (Number.isNaN(x) ? '  – ' : x.toFixed(2))
