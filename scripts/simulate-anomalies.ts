/** `npm run simulate -- anomalies`: months of a support desk whose truth is known; how many alarms are false, and how long a planted change takes to be noticed. */
import { Command } from 'commander'
import { z } from 'zod'
import { cycleAt, findAnomalies, CYCLE_DAYS } from '../server/monitor/find-anomalies.ts'
import { seriesOf } from '../server/monitor/series-of.ts'
import type { MeasuredHour } from '../server/store/alarm-types.ts'
import { randomOf } from './random.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A Monday. */
const FIRST = Date.UTC(2026, 0, 5)
const LEARN_DAYS = 42
const CHANGE_DAY = LEARN_DAYS + 3
const TOPICS = ['cards', 'payments', 'accounts', 'savings', 'loans', 'app']
const CHANNELS = ['portal', 'api']
const TIERS = ['standard', 'premier']

interface Desk {
  perDay: number
  /** How much the rates of a topic swing from day to day beyond chance, as a standard deviation of their logit. */
  swing: number
}

interface Change {
  name: string
  /** What the answers of a topic (or of all) are like from the change on. */
  make: (rates: Rates, topic: string) => void
}

interface Rates {
  weight: number
  sent: number
  declined: number
  asks: number
  again: number
  upset: number
  confidence: number
  length: number
}

const whole = z.coerce.number().int().positive()

export async function simulateAnomalies(argv: string[]): Promise<void> {
  const command = new Command('npm run simulate -- anomalies')
    .description('Counts false alarms of a month in which nothing changes, and the hours until a planted change gives an alarm.')
    .option('--worlds <n>', 'months of each kind', (n) => whole.parse(n), 30)
    .option('--seed <n>', 'the same seed gives the same figures', (n) => z.coerce.number().int().parse(n), 1)
    .parse(argv, { from: 'user' })
  const { worlds, seed } = command.opts<{ worlds: number; seed: number }>()
  const print = (line: string): void => void process.stdout.write(`${line}\n`)

  print(
    `Months in which nothing changes (${CYCLE_DAYS} days, after ${LEARN_DAYS} days of learning), ${worlds} of each kind, seed ${seed}; promised: at most 1 a month`,
  )
  print(row('desk', ['series', 'limit', 'a month', 'months with']))
  const desks: [string, Desk][] = [
    ['100 questions a day', { perDay: 100, swing: 0 }],
    ['400 a day', { perDay: 400, swing: 0 }],
    ['400 a day, good days and bad days', { perDay: 400, swing: 0.25 }],
    ['2,000 a day', { perDay: 2000, swing: 0 }],
    ['2,000 a day, good days and bad days', { perDay: 2000, swing: 0.25 }],
  ]
  for (const [name, desk] of desks) {
    const months = await monthsOf(worlds, seed, desk, null)
    const total = months.reduce((sum, m) => sum + m.alarms, 0)
    const last = months.at(-1)
    print(
      row(name, [
        String(last?.watched),
        String(Math.round(last?.limit ?? 0)),
        (total / worlds).toFixed(2),
        `${months.filter((m) => m.alarms > 0).length} of ${worlds}`,
      ]),
    )
  }

  print(`\nChanges planted three days into the month: hours until the first alarm about what changed`)
  print(row('change', ['found', 'median', '90 % by', 'others']))
  for (const desk of [desks[1], desks[4]] as [string, Desk][]) {
    for (const change of CHANGES) {
      const months = await monthsOf(Math.ceil(worlds / 2), seed + 1000, desk[1], change)
      const delays = months.flatMap((m) => (m.delay === null ? [] : [m.delay])).toSorted((a, b) => a - b)
      const at = (share: number): string => {
        const value = delays[Math.ceil(share * months.length) - 1]
        return value === undefined ? '–' : `${Math.round(value)} h`
      }
      const early = months.reduce((sum, m) => sum + m.early, 0) / months.length
      print(row(`${desk[0]}: ${change.name}`, [`${delays.length} of ${months.length}`, at(0.5), at(0.9), early.toFixed(2)]))
    }
  }
}

const only = (topic: string, change: (rates: Rates) => void) => (rates: Rates, of: string) => {
  if (of === topic) change(rates)
}

const CHANGES: Change[] = [
  { name: 'nothing about cards is sent any more', make: only('cards', (r) => (r.sent = 0)) },
  { name: 'cards: sent 70 → 50 %', make: only('cards', (r) => (r.sent = 0.5)) },
  { name: 'everything: sent 10 points down', make: (r) => (r.sent -= 0.1) },
  { name: 'cards: twice as many questions', make: only('cards', (r) => (r.weight *= 2)) },
  { name: 'cards: ask again 6 → 18 %', make: only('cards', (r) => (r.again = 0.18)) },
  { name: 'everybody: ask for a person 3 → 9 %', make: (r) => (r.asks = 0.09) },
  { name: 'confidence 0.05 lower', make: (r) => (r.confidence -= 0.05) },
  { name: 'answers 30 % longer', make: (r) => (r.length *= 1.3) },
]

interface Month {
  watched: number
  limit: number
  /** Alarms altogether, and those before the change. */
  alarms: number
  early: number
  delay: number | null
}

async function monthsOf(worlds: number, seed: number, desk: Desk, change: Change | null): Promise<Month[]> {
  const months: Month[] = []
  for (let i = 0; i < worlds; i++) {
    if (process.stderr.isTTY) process.stderr.write(`\r${i + 1} of ${worlds}\r`)
    months.push(await month(desk, change, randomOf(seed + i)))
  }
  return months
}

async function month(desk: Desk, change: Change | null, random: () => number): Promise<Month> {
  const measured = drawn(desk, change, random)
  const end = FIRST + (LEARN_DAYS + CYCLE_DAYS) * DAY
  const cycle = cycleAt(FIRST, end - HOUR)
  if (!cycle) throw new Error('There is nothing to learn from.')
  const { anomalies, watched, limit } = await findAnomalies(seriesOf(measured, []), cycle)
  const changedAt = FIRST + CHANGE_DAY * DAY
  const after = anomalies.map((a) => a.change.at).filter((at) => at > changedAt)
  return {
    watched,
    limit,
    alarms: anomalies.length,
    early: anomalies.filter((a) => a.change.at <= changedAt).length,
    delay: change && after.length > 0 ? (Math.min(...after) - changedAt) / HOUR : null,
  }
}

function drawn({ perDay, swing }: Desk, change: Change | null, random: () => number): MeasuredHour[] {
  const rows: MeasuredHour[] = []
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  for (let day = 0; day < LEARN_DAYS + CYCLE_DAYS; day++) {
    const shaken = new Map(TOPICS.map((t) => [t, [normal(), normal(), normal()] as const]))
    for (let hour = 0; hour < 24; hour++) {
      const at = FIRST + day * DAY + hour * HOUR
      const ratesOf = TOPICS.map((topic, i) => {
        const [a, b, c] = shaken.get(topic) ?? [0, 0, 0]
        const evening = hour >= 18 ? 0.06 : 0
        const rates: Rates = {
          weight: (1 / (1 + 0.4 * i)) * Math.exp(swing * a),
          sent: swung(0.7 - 0.04 * i - evening, swing * b),
          declined: swung(0.08 + evening, swing * c),
          asks: 0.03,
          again: swung(0.06, swing * b),
          upset: 0.04,
          confidence: 0.82 - 0.01 * i,
          length: 220,
        }
        if (change && day >= CHANGE_DAY) change.make(rates, topic)
        return { topic, rates }
      })
      for (let left = poisson(perDay * shareOf(day, hour), random); left > 0; left--) rows.push(one(at, ratesOf, random))
    }
  }
  return together(rows)
}

/** Those of one hour and segment added up, as the record has them. */
function together(rows: MeasuredHour[]): MeasuredHour[] {
  const found = new Map<string, MeasuredHour>()
  for (const row of rows) {
    const key = `${row.at}|${row.topic}|${row.channel}|${row.tier}`
    const sum = found.get(key)
    if (!sum) found.set(key, row)
    else for (const name of SUMMED) sum[name] += row[name]
  }
  return [...found.values()]
}

const SUMMED = [
  'n',
  'sent',
  'held',
  'declined',
  'handedOver',
  'asks',
  'again',
  'upset',
  'length',
  'lengthSquares',
  'scored',
  'confidence',
  'confidenceSquares',
] as const

/** One question of an hour. */
function one(at: number, list: { topic: string; rates: Rates }[], random: () => number): MeasuredHour {
  let u = random() * list.reduce((sum, l) => sum + l.rates.weight, 0)
  const drawn = list.find((l) => (u -= l.rates.weight) < 0) ?? list.at(-1)
  if (!drawn) throw new Error('A desk has topics.')
  const { topic, rates } = drawn
  const yes = (rate: number): number => (random() < rate ? 1 : 0)
  const sent = yes(rates.sent)
  const declined = sent ? 0 : yes(rates.declined / Math.max(0.01, 1 - rates.sent))
  const length = sent * Math.round(rates.length * (0.5 + random()))
  const confidence = Math.min(1, Math.max(0, rates.confidence + 0.3 * (random() - 0.5)))
  return {
    at,
    topic,
    channel: random() < 0.8 ? (CHANNELS[0] as string) : (CHANNELS[1] as string),
    tier: random() < 0.85 ? (TIERS[0] as string) : (TIERS[1] as string),
    n: 1,
    sent,
    declined,
    held: sent || declined ? 0 : 1,
    handedOver: 0,
    asks: yes(rates.asks),
    again: yes(rates.again),
    upset: yes(rates.upset),
    length,
    lengthSquares: length ** 2,
    scored: 1,
    confidence,
    confidenceSquares: confidence ** 2,
  }
}

/** Share of a day's questions that come in an hour: office hours, fewer in the evening, few at night and at weekends. */
function shareOf(day: number, hour: number): number {
  const base = hour < 7 ? 0.2 : hour < 18 ? 2 : 0.8
  return (base / (7 * 0.2 + 11 * 2 + 6 * 0.8)) * (day % 7 >= 5 ? 0.35 : 1)
}

function swung(rate: number, by: number): number {
  const odds = (rate / (1 - rate)) * Math.exp(by)
  return odds / (1 + odds)
}

function poisson(mean: number, random: () => number): number {
  if (mean > 30)
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())))
  const limit = Math.exp(-mean)
  let [k, p] = [0, random()]
  while (p > limit) [k, p] = [k + 1, p * random()]
  return k
}

function row(name: string, cells: string[]): string {
  return name.padEnd(64) + cells.map((cell) => cell.padStart(12)).join('')
}
