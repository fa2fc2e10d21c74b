/** What is remembered of a segment's live audits; plain data, a few numbers however long it runs. */
export interface EProcess {
  audits: number
  errors: number
  /** For each suspected error rate: the bets on it, summed over all times at which the trouble may have begun. */
  bets: readonly number[]
  /** Evidence that more than alpha is wrong; alarm from 1/delta on. */
  e: number
  /** The audit at which it first alarmed; it stays alarmed until somebody begins anew. */
  alarmAt: number | null
}

/** Suspected error rates, as multiples of alpha. */
const SUSPECTED = [1.5, 2, 3, 5, 8]

export function beginEProcess(): EProcess {
  return { audits: 0, errors: 0, bets: SUSPECTED.map(() => 0), e: 1, alarmAt: null }
}

/**
 * One more audit of an answer that was sent, chosen at random beforehand. As long as the error rate is at most `alpha`, given the past, the
 * chance that it ever alarms is at most `delta`, however often one looks (Ville's inequality).
 *
 * A bet on rate q multiplies by q/α at an error and by (1−q)/(1−α) otherwise: a test supermartingale (Waudby-Smith & Ramdas 2024, JRSS B
 * 86:1, arXiv 2010.09686). Bets are spread over several q, and over the audit at which they begin, with weights that add up to 1, so that
 * long good times don't use up what would find a later trouble (mixtures over change times as in Shin, Ramdas & Rinaldo 2023, arXiv 2203.03532).
 */
export function audit(state: EProcess, wrong: boolean, alpha: number, delta: number): EProcess {
  const audits = state.audits + 1
  const begins = unspent(audits) - unspent(audits + 1)
  const bets = state.bets.map((bet, i) => {
    const q = Math.min(0.99, alpha * (SUSPECTED[i] ?? 1))
    return Math.min(Number.MAX_VALUE / SUSPECTED.length, (bet + begins) * (wrong ? q / alpha : (1 - q) / (1 - alpha)))
  })
  const e = bets.reduce((sum, bet) => sum + bet, 0) / bets.length + unspent(audits + 1)
  const alarmAt = state.alarmAt ?? (e >= 1 / delta ? audits : null)
  return { audits, errors: state.errors + (wrong ? 1 : 0), bets, e, alarmAt }
}

/** Share of the stake that is not yet bet before the n-th audit (from 1): falls so slowly that a late start still has something to bet. */
const unspent = (n: number): number => 1 / (1 + Math.log2(n))
