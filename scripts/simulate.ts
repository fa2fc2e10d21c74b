import { Command } from 'commander'
import { z } from 'zod'
import { deltaOf } from '../server/policy/certificate.ts'
import { upperBound } from '../server/policy/binomial.ts'
import { randomOf } from './random.ts'
import { houseWorlds } from './simulate-house.ts'
import { askAgainWorlds, mendWorlds } from './simulate-mending.ts'
import { simulateAnomalies } from './simulate-anomalies.ts'
import { certifyWorlds, logisticWorld, watchWorlds, type Tally, type World } from './simulate-worlds.ts'

const ALPHA = 0.05
const DELTA = 0.05
const BASE = 0.11

interface Case {
  name: string
  /** False: the labels don't say the truth, and the certificate can't either; printed to show by how much. */
  promised: boolean
  run: (worlds: number, random: () => number) => Tally
}

const whole = z.coerce.number().int().positive()
const command = new Command('npm run simulate --')
  .description(
    'Certifies thresholds in worlds whose truth is known, and counts how often a certificate was wrong and how often one could be had. `anomalies`: the watch over patterns instead.',
  )
  .option('--worlds <n>', 'draws of each world', (n) => whole.parse(n), 2000)
  .option('--seed <n>', 'the same seed gives the same figures', (n) => z.coerce.number().int().parse(n), 1)
  .action(run)

await (process.argv[2] === 'anomalies' ? simulateAnomalies(process.argv.slice(3)) : command.parseAsync()).catch((error: unknown) => {
  process.stderr.write(`simulate: ${error instanceof z.ZodError ? 'the numbers given must be whole and above 0' : String(error)}\n`)
  process.exitCode = 1
})

function run({ worlds, seed }: { worlds: number; seed: number }): void {
  const print = (line: string): void => void process.stdout.write(`${line}\n`)
  print(`Certificates: at most ${percent(ALPHA)} wrong, with confidence ${percent(1 - DELTA)}; ${worlds} draws a world, seed ${seed}`)
  print(row('world', ['certified', 'wrong', 'at most', 'sent', 'promise']))
  const cases = certificateCases()
  let kept = true
  let worst = 0
  cases.forEach((one, i) => {
    progress(i, cases.length)
    const tally = one.run(worlds, randomOf(seed + i))
    if (one.promised) worst = Math.max(worst, tally.wrong / worlds)
    // Broken is what chance alone can't explain: a true rate of delta gives as many wrong ones or more in one of a thousand runs.
    const broken = tally.wrong > 0 && 1 - upperBound(worlds - tally.wrong, worlds, 0.001) > DELTA
    if (one.promised && broken) kept = false
    const promise = one.promised ? (broken ? 'BROKEN' : 'kept') : 'none'
    const most = percent(upperBound(tally.wrong, worlds))
    print(row(one.name, [percent(tally.certified / worlds), percent(tally.wrong / worlds), most, percent(tally.share), promise]))
  })
  print(
    `\nWhere labels are true and chosen by chance, certificates were wrong in ${percent(worst)} of the draws at most, of ${percent(DELTA)} allowed.`,
  )
  print(`\nWatch over live audits: alarm when more than ${percent(ALPHA)} are wrong, falsely so with probability ${percent(DELTA)} at most`)
  print(row('world', ['early', 'found', 'median', '90 % by']))
  watchCases().forEach(({ name, ...of }, i) => {
    const seen = watchWorlds({ worlds, alpha: ALPHA, delta: DELTA, ...of }, randomOf(seed + 100 + i))
    const { median, slow } = seen.delay
    print(row(name, [percent(seen.early / worlds), percent(seen.found / worlds), String(median ?? '–'), String(slow ?? '–')]))
  })
  if (!kept) process.exitCode = 1
}

function certificateCases(): Case[] {
  const worldOf = (auroc: number): World => ({ wrong: logisticWorld(BASE, auroc) })
  const usual = worldOf(0.8)
  const repeats = [1, 2, 3].map((j) => deltaOf(j, DELTA))
  return [
    ...[0.75, 0.8, 0.82, 0.85, 0.9].flatMap((auroc) => [500, 1500].map((n) => once(`11 % wrong, AUROC ${auroc}`, worldOf(auroc), n))),
    once('the same at alpha 2 %, AUROC 0.9', worldOf(0.9), 1500, { alpha: 0.02 }),
    once('first attempt of many, AUROC 0.8', usual, 500, { deltas: repeats.slice(0, 1) }),
    once('up to three attempts, AUROC 0.8', usual, 500, { deltas: repeats }),
    once('just above 5 % everywhere', { wrong: () => 0.0501 }, 500),
    once('just above 5 %, three attempts', { wrong: () => 0.0501 }, 300, { deltas: repeats }),
    once('confidence says nothing, 11 % wrong', { wrong: () => BASE }, 1500),
    once('judges blame 2 % of the right ones', { ...usual, falselyBlamed: 0.02 }, 500),
    once('judges miss 20 % of the wrong ones', { ...usual, missed: 0.2 }, 500, { promised: false }),
    once('the same, tested at alpha less 20 %', { ...usual, missed: 0.2 }, 500, { tested: ALPHA * 0.8 }),
    once('wrong ones judged half as often', { ...usual, judged: (_, wrong) => (wrong ? 0.5 : 1) }, 500, { promised: false }),
    once('sure answers judged twice as often', { ...usual, judged: (u) => (u > 0.5 ? 1 : 0.5) }, 500, { promised: false }),
    {
      name: 'same 300 questions after each of 5 changes',
      promised: true,
      run: (worlds, random) =>
        askAgainWorlds({ worlds, n: 300, alpha: ALPHA, deltas: [1, 2, 3, 4, 5].map((j) => deltaOf(j, DELTA)) }, random),
    },
    ...[true, false].flatMap((keepsWrong) => [400, 2000].map((articles) => mended(keepsWrong, articles))),
    ...[
      { segments: 2, tests: 1, looked: false },
      { segments: 4, tests: 2, looked: false },
      { segments: 4, tests: 1, looked: true },
    ].map(segments),
    ...[0.85, 0.9].flatMap((auroc) =>
      [200, 300].flatMap((n) => {
        const past = (name: string, delta: number): Case =>
          once(`past questions, AUROC ${auroc}, ${name}`, worldOf(auroc), n, { deltas: [delta] })
        return [past('1st', deltaOf(1, DELTA)), past('2nd', deltaOf(2, DELTA)), past('half each', deltaOf(1, DELTA) / 2)]
      }),
    ),
  ]
}

function once(
  name: string,
  world: World,
  n: number,
  more: { promised?: boolean; alpha?: number; tested?: number; deltas?: number[] } = {},
): Case {
  const { promised = true, ...rest } = more
  return {
    name: `${name}, n = ${n}`,
    promised,
    run: (worlds, random) => certifyWorlds(world, { worlds, n, alpha: ALPHA, deltas: [DELTA], ...rest }, random),
  }
}

/** Just above alpha in every segment; any certificate is wrong. */
function segments(of: { segments: number; tests: number; looked: boolean }): Case {
  return {
    name: `${of.segments} segments, ${of.tests > 1 ? 'twice' : 'once'}, ${of.looked ? 'best looking first' : 'as asked for'}`,
    promised: !of.looked,
    run: (worlds, random) => houseWorlds({ worlds, n: 300, alpha: ALPHA, delta: DELTA, ...of }, random),
  }
}

/** What was found wrong is mended, and the same 300 questions are asked again. */
function mended(keepsWrong: boolean, articles: number): Case {
  return {
    name: `${keepsWrong ? '' : 'counted as right: '}found wrong, mended, of ${articles}`,
    promised: keepsWrong,
    run: (worlds, random) =>
      mendWorlds(
        logisticWorld(0.2, 0.8),
        { worlds, n: 300, alpha: ALPHA, deltas: [deltaOf(1, DELTA), deltaOf(2, DELTA)], articles, keepsWrong },
        random,
      ),
  }
}

function watchCases() {
  const steady = (rate: number) => ({ before: rate, change: 2000, later: rate, horizon: 0 })
  const drift = (change: number, later: number) => ({ before: 0.03, change, later, horizon: 1000 })
  return [
    { name: 'stays at 5 % (early = false alarms in 2000)', ...steady(0.05) },
    { name: 'stays at 3 %', ...steady(0.03) },
    ...[0.08, 0.1, 0.15, 0.2, 0.4].flatMap((later) =>
      [0, 300].map((change) => ({ name: `3 %, from audit ${change} on ${percent(later)}`, ...drift(change, later) })),
    ),
  ]
}

function progress(done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done + 1} of ${of} worlds\r`)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function row(name: string, cells: string[]): string {
  return name.padEnd(46) + cells.map((cell) => cell.padStart(10)).join('')
}
