/**
 * Finds when a series begins to behave differently, with a known rate of false alarms whatever the series' distribution is.
 *
 * 1. Hours are gathered into blocks of at least `BLOCK` messages. A block's residual says how far its mean is from what its hours of the day
 *    and week usually have; the usual is learned from the older half of the reference.
 * 2. A block's conformal p-value is its rank among all earlier residuals (those of the newer half of the reference, and of the blocks since).
 *    While nothing changes these p-values are independent and uniform (Vovk, Nouretdinov & Gammerman 2003, ICML; inductive form: Volkhonskiy
 *    et al. 2017, arXiv 1706.03415). For a yes or no there is also Fisher's exact p-value against everything before, its counts reduced by how
 *    much more than chance the reference swings: it sees a sudden change in one block.
 *    Where the reference has good days and bad days (the blocks of a day go together), blocks of a day are no independent witnesses: their
 *    e-values are averaged into one for the day, which is an e-value however they depend on each other; that is averaged with the e-value of the
 *    whole day among days. Days are then what is multiplied.
 * 3. Each p-value becomes an e-value (Vovk & Wang 2021, Ann. Statist. 49:1736: the mixture of κp^(κ−1)); the two are averaged.
 * 4. Shiryaev–Roberts: M ← (M + 1)·e, alarm when M ≥ `limit`. M − t is a martingale, so the chance of a false alarm within t blocks is at most
 *    t / limit (Vovk 2021, Statist. Sci. 36:595, arXiv 1906.09256). With `limit` = all blocks of all series in the time, at most one false
 *    alarm is expected in it.
 */
import { exactP } from './exact.ts'
import { slotOf, SLOTS, type Hour } from './series.ts'

export interface Change {
  /** The block that gave the alarm ends here (ms). */
  at: number
  /** The change probably began here (ms). */
  since: number
  /** Means before and since. */
  before: number
  after: number
  /** M at the alarm. */
  evidence: number
}

interface Block extends Omit<Hour, 'squares'> {
  until: number
  expected: number
  /** Of the sum, if it were chance alone. */
  variance: number
}

/** Messages that a block has at least, and blocks that the newer half of the reference has at least. */
const BLOCK = 12
const FEWEST = 20
/** Blocks a day at most: a busy series gets bigger blocks instead of more. */
const PER_DAY = 6
/** How many times more than independent blocks a day's sum may swing before its blocks count as one witness. */
const TOGETHER = 1.3
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The blocks of a series from `from` on, as they would count in a limit. 0: there is too little of it to be watched. */
export function blocksOf(hours: Hour[], learnFrom: number, from: number): number {
  const reference = referenceOf(hours, learnFrom, from)
  return reference ? reference.calibration.length : 0
}

/** The first change after `from`, learning from `learnFrom` until then; null: none. */
export function findChange(hours: Hour[], binary: boolean, learnFrom: number, from: number, limit: number): Change | null {
  const reference = referenceOf(hours, learnFrom, from)
  if (!reference) return null
  const { usual, size, calibration, halfway } = reference
  const residuals = calibration.map(residualOf).toSorted((a, b) => a - b)
  const spread = binary ? dispersionOf(calibration) : 1
  const known = hours.filter((h) => h.at >= halfway && h.at < from).map((h) => ({ slot: slotOf(h.at), n: h.n, sum: h.sum }))
  const counts = Array.from({ length: SLOTS }, (_, slot) => addUp(known.filter((k) => k.slot === slot)))
  const blocks = gather(
    hours.filter((h) => h.at >= from),
    usual,
    size,
  )
  const together = goTogether(calibration)
  const days = together ? groupsOf(calibration, true).map(joined) : []
  const ofDays = { residuals: days.map(residualOf).toSorted((x, y) => x - y), spread: binary ? dispersionOf(days) : 1 }
  const eOf = (block: Block, among: number[], swing: number): number => {
    const rank = (1 + among.length - lowerBound(among, residualOf(block))) / (among.length + 1)
    return binary ? (eValue(rank) + eValue(surprise(block, hours, counts, swing))) / 2 : eValue(rank)
  }
  let [evidence, run, since] = [0, 1, from]
  const after = { n: 0, sum: 0 }
  const seenUntil = (hours.at(-1)?.at ?? 0) + HOUR
  const dayEnd = (block: Block): number => (Math.floor(block.at / DAY) + 1) * DAY
  /** One witness after another: a block, or a day with its blocks. */
  for (const group of groupsOf(blocks, together)) {
    const [before, runBefore] = [evidence, Math.max(1, run)]
    if (run <= 1) {
      since = group[0]?.at ?? since
      Object.assign(after, { n: 0, sum: 0 })
    }
    let sum = 0
    for (const [i, block] of group.entries()) {
      sum += eOf(block, residuals, spread)
      after.n += block.n
      after.sum += block.sum
      // What of the day is still to come counts as nothing.
      let e = together ? sum / Math.max(i + 1, PER_DAY) / 2 : sum
      const dayIsOver = together && i === group.length - 1 && seenUntil >= dayEnd(block)
      if (dayIsOver) e += eOf(joined(group), ofDays.residuals, ofDays.spread) / 2
      ;[evidence, run] = [(before + 1) * e, runBefore * e]
      if (evidence < limit) continue
      const usually = addUp(hours.filter((h) => h.at >= learnFrom && h.at < since))
      return { at: dayIsOver ? dayEnd(block) : block.until, since, before: meanOf(usually), after: meanOf(after), evidence }
    }
    if (together) insert(ofDays.residuals, residualOf(joined(group)))
    for (const block of group) {
      insert(residuals, residualOf(block))
      for (const hour of hours) {
        if (hour.at < block.at || hour.at >= block.until) continue
        const slot = counts[slotOf(hour.at)]
        if (slot) Object.assign(slot, { n: slot.n + hour.n, sum: slot.sum + hour.sum })
      }
    }
  }
  return null
}

/** Each block by itself, or the blocks of a day. */
function groupsOf(blocks: Block[], together: boolean): Block[][] {
  if (!together) return blocks.map((b) => [b])
  return [...Map.groupBy(blocks, (b) => Math.floor(b.at / DAY)).values()]
}

function joined(blocks: Block[]): Block {
  const [first] = blocks
  const last = blocks.at(-1)
  if (!first || !last) throw new Error('A day without blocks')
  const total = { ...first, until: last.until, n: 0, sum: 0, expected: 0, variance: 0 }
  for (const b of blocks) {
    total.n += b.n
    total.sum += b.sum
    total.expected += b.expected
    total.variance += b.variance
  }
  return total
}

const insert = (sorted: number[], value: number): void => void sorted.splice(lowerBound(sorted, value), 0, value)

/** What the series usually does, from the older half, and the blocks of the newer one. Null: too little. */
function referenceOf(hours: Hour[], learnFrom: number, from: number) {
  const learned = hours.filter((h) => h.at >= learnFrom && h.at < from)
  const first = learned[0]
  if (!first) return null
  const halfway = first.at + Math.floor((from - first.at) / 2 / DAY) * DAY
  const older = learned.filter((h) => h.at < halfway)
  const newer = learned.filter((h) => h.at >= halfway)
  const all = addUp(older)
  if (all.n < 2 * BLOCK) return null
  const perDay = addUp(newer).n / Math.max(1, (from - halfway) / DAY)
  const size = Math.max(BLOCK, perDay / PER_DAY)
  const usual = usualOf(older)
  const calibration = gather(newer, usual, size)
  return calibration.length < FEWEST ? null : { usual, size, calibration, halfway }
}

interface Usual {
  mean: number[]
  variance: number[]
}

/** Mean and variance of each slot, drawn towards those of all by as much as 20 messages would. */
function usualOf(hours: Hour[]): Usual {
  const all = addUp(hours)
  const [mean, variance] = [meanOf(all), Math.max(1e-6, all.squares / all.n - meanOf(all) ** 2)]
  const slots = Array.from({ length: SLOTS }, (_, slot) => addUp(hours.filter((h) => slotOf(h.at) === slot)))
  return {
    mean: slots.map((s) => (s.sum + 20 * mean) / (s.n + 20)),
    variance: slots.map((s) => {
      const own = s.n > 0 ? Math.max(0, s.squares / s.n - meanOf(s) ** 2) : 0
      return (own * s.n + 20 * variance) / (s.n + 20)
    }),
  }
}

/** Hours one after another until there are `size` messages; what is left at the end waits for more. */
function gather(hours: Hour[], { mean, variance }: Usual, size: number): Block[] {
  const blocks: Block[] = []
  let open: Block | null = null
  for (const { at, n, sum } of hours) {
    const slot = slotOf(at)
    open ??= { at, until: at, n: 0, sum: 0, expected: 0, variance: 0 }
    open.until = at + HOUR
    open.n += n
    open.sum += sum
    open.expected += n * (mean[slot] ?? 0)
    open.variance += n * (variance[slot] ?? 0)
    if (open.n >= size) {
      blocks.push(open)
      open = null
    }
  }
  return blocks
}

/** How far the block is from the usual, in standard deviations, whichever way. */
const residualOf = ({ sum, expected, variance }: Block): number => Math.abs(sum - expected) / Math.sqrt(Math.max(1e-9, variance))

/** Whether the blocks of a day swing together: their sum swings more than that of independent ones would. */
function goTogether(blocks: Block[]): boolean {
  const days = Map.groupBy(blocks, (b) => Math.floor(b.at / DAY))
  const signed = (b: Block): number => (b.sum - b.expected) / Math.sqrt(Math.max(1e-9, b.variance))
  let [ofDays, ofBlocks, counted] = [0, 0, 0]
  for (const day of days.values()) {
    if (day.length < 2) continue
    ofDays += day.reduce((sum, b) => sum + signed(b), 0) ** 2 / day.length
    ofBlocks += day.reduce((sum, b) => sum + signed(b) ** 2, 0) / day.length
    counted++
  }
  return counted >= 5 && ofBlocks > 0 && ofDays / ofBlocks > TOGETHER
}

/** Pearson's dispersion: how many times more than chance the blocks swing; at least 1. */
const dispersionOf = (blocks: Block[]): number => Math.max(1, blocks.reduce((sum, b) => sum + residualOf(b) ** 2, 0) / blocks.length)

/** Fisher's exact p-value against all that was seen in the same hours of day and week, with counts reduced by the dispersion. */
function surprise(block: Block, hours: Hour[], counts: { n: number; sum: number }[], spread: number): number {
  const slots = new Map<number, number>()
  for (const h of hours) if (h.at >= block.at && h.at < block.until) slots.set(slotOf(h.at), (slots.get(slotOf(h.at)) ?? 0) + h.n)
  const rate = [...slots].reduce((sum, [slot, n]) => sum + n * meanOf(counts[slot] ?? { n: 0, sum: 0 }), 0) / block.n
  const seen = [...slots.keys()].reduce((sum, slot) => sum + (counts[slot]?.n ?? 0), 0)
  if (seen === 0) return 1
  const [n, N] = [Math.floor(block.n / spread), Math.floor(seen / spread)]
  return exactP(Math.min(n, Math.round(block.sum / spread)), n, Math.min(N, Math.round(rate * N)), N)
}

/** (1 − p + p ln p) / (p ln² p). */
export function eValue(p: number): number {
  if (p >= 1) return 0.5
  const log = Math.log(p)
  return Math.abs(log) < 1e-3 ? 0.5 : (1 - p + p * log) / (p * log * log)
}

function addUp<T extends { n: number; sum: number; squares?: number }>(list: T[]): { n: number; sum: number; squares: number } {
  const total = { n: 0, sum: 0, squares: 0 }
  for (const { n, sum, squares = 0 } of list) {
    total.n += n
    total.sum += sum
    total.squares += squares
  }
  return total
}

const meanOf = ({ n, sum }: { n: number; sum: number }): number => (n > 0 ? sum / n : 0)

/** Index of the first value that is at least `value`. */
function lowerBound(sorted: number[], value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
