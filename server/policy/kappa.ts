export interface Agreement {
  /** Pairs of judgements of the same answer. */
  pairs: number
  /** Share of them that agree, 0..1. */
  agreed: number
  /** −1..1; 0: as much as chance would bring, 1: always. Null where everybody always said the same one thing: then chance would agree as well. */
  kappa: number | null
  /** 95 % interval of kappa, cut to −1..1; null together with it. */
  interval: [low: number, high: number] | null
}

/**
 * Agreement beyond chance of two judges over the same answers: Cohen's kappa (Cohen 1960, Educational and Psychological Measurement 20:37)
 * with the large-sample standard error of Fleiss, Cohen & Everitt (1969, Psychological Bulletin 72:323, formula 13). With few pairs, say under
 * 30, the interval is too narrow and the figure says little.
 */
export function agreement(pairs: readonly (readonly [string, string])[]): Agreement | null {
  const n = pairs.length
  if (n === 0) return null
  const names = [...new Set(pairs.flat())]
  const share = (fits: (pair: readonly [string, string]) => boolean): number => pairs.filter(fits).length / n
  const first = new Map(names.map((name) => [name, share(([a]) => a === name)]))
  const second = new Map(names.map((name) => [name, share(([, b]) => b === name)]))
  const p = (side: Map<string, number>, name: string): number => side.get(name) ?? 0

  const agreed = share(([a, b]) => a === b)
  const chance = names.reduce((sum, name) => sum + p(first, name) * p(second, name), 0)
  if (chance > 1 - 1e-12) return { pairs: n, agreed, kappa: null, interval: null }
  const kappa = (agreed - chance) / (1 - chance)

  let [same, other] = [0, 0]
  for (const a of names)
    for (const b of names) {
      const joint = share(([x, y]) => x === a && y === b)
      if (a === b) same += joint * (1 - (p(first, a) + p(second, a)) * (1 - kappa)) ** 2
      else other += joint * (p(second, a) + p(first, b)) ** 2
    }
  const variance = (same + (1 - kappa) ** 2 * other - (kappa - chance * (1 - kappa)) ** 2) / (n * (1 - chance) ** 2)
  const half = 1.96 * Math.sqrt(Math.max(0, variance))
  return { pairs: n, agreed, kappa, interval: [Math.max(-1, kappa - half), Math.min(1, kappa + half)] }
}
