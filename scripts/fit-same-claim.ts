/**
 * `node scripts/run.mjs fit-same-claim.ts --opinions FILE [--write]`: fits what tells an answer that says a wrong statement from one that only
 * looks like it, on the tuning half of server/repair/planted.jsonl, and reports both halves.
 */
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { createEmbedder } from '../models/embedder.ts'
import { createLanguageModel } from '../models/language-model.ts'
import { readConfig } from '../server/config.ts'
import { upperBound } from '../server/policy/binomial.ts'
import { partsOf } from '../server/repair/claim-parts.ts'
import { comparePieces, type ComparedPiece } from '../server/repair/compare.ts'
import { opinionOf } from '../server/repair/opinion.ts'
import { bestOf, logitOf, shownOf, type MatchWeights } from '../server/repair/same-claim.ts'
import { auroc, fitLogistic, type Row } from './logistic.ts'

interface Planted {
  id: string
  half: 'tuning' | 'held-out'
  firm: string
  wrong: string
  same: string[]
  other: string[]
}

interface Case {
  key: string
  of: Planted
  same: boolean
  text: string
  pieces: ComparedPiece[]
}

const FOLDER = join(import.meta.dirname, '..', 'server', 'repair')
const WEIGHTS = join(FOLDER, 'same-claim.json')
/** Where no model is asked: the share of what says it that must be found. */
const RECALL = 0.97
/** Where it is asked: the share of the look-alikes that may be taken, so that as much as can be is found within it. */
const TAKEN = 0.19
const PENALTY = 2
const ROUNDS = 6
/** Logit of an answer without a word. */
const NOTHING = -9
/** In logits: this much above the likeliest look-alike, or below the unlikeliest that says it, nobody is asked. */
const MARGIN = 0.5
/** In logits, for the AUROC: what is settled unasked stands below or above all that is asked about. */
const APART = 20

const command = new Command('fit-same-claim')
  .requiredOption('--opinions <file>', 'JSON lines of what the model said of each pair; new ones are added')
  .option('--ask <half>', 'ask the model about what is missing: tuning, held-out or all')
  .option('--write', 'writes the weights', false)
  .action(run)

await command.parseAsync()

async function run({ opinions: file, ask, write }: { opinions: string; ask?: string; write: boolean }): Promise<void> {
  const planted = readFileSync(join(FOLDER, 'planted.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Planted)
  const cases = await compared(planted)
  const tuning = cases.filter((c) => c.of.half === 'tuning')
  const opinions = readOpinions(file)
  const { words, limits } = fit(tuning, opinions)
  const open = cases.filter((c) => isOpen(bestOf(c.pieces, words)?.logit ?? NOTHING, limits))
  const wanted = open.filter((c) => !(opinions.has(c.key) && opinions.has(selfKey(c.of))) && (ask === 'all' || ask === c.of.half))
  await askAbout(wanted, words, opinions, file)
  const weights = fit(tuning, opinions)
  const without = leaveOut(tuning, (rest) => fit(rest, opinions))
  const known = (list: Case[]): Case[] => list.filter((c) => opinions.has(c.key) || !open.includes(c))
  const held = cases.filter((c) => c.of.half === 'held-out')
  report(
    'tuning half, each statement left out in turn, words alone',
    tuning,
    tuning.map((c) => judged(c, without(c), null)),
  )
  const judgedOnes = known(tuning)
  report(
    'tuning half, each statement left out in turn',
    judgedOnes,
    judgedOnes.map((c) => judged(c, without(c), opinions)),
  )
  report(
    'held-out half, words alone',
    held,
    held.map((c) => judged(c, weights, null)),
  )
  const heldKnown = known(held)
  report(
    'held-out half',
    heldKnown,
    heldKnown.map((c) => judged(c, weights, opinions)),
  )
  if (write) writeFileSync(WEIGHTS, `${JSON.stringify(weights, null, 2)}\n`)
}

async function compared(planted: Planted[]): Promise<Case[]> {
  const embedder = await createEmbedder({ modelsDir: readConfig().MODELS_DIR })
  const cases: Case[] = []
  for (const of of planted) {
    const texts = [...of.same, ...of.other]
    const pieces = await comparePieces(partsOf(of.wrong), texts, embedder)
    texts.forEach((text, i) => {
      const same = i < of.same.length
      cases.push({ key: `${of.id}:${same ? 'same' : 'other'}:${same ? i : i - of.same.length}`, of, same, text, pieces: pieces[i] ?? [] })
    })
  }
  await embedder.close()
  return cases
}

function readOpinions(file: string): Map<string, number> {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  return new Map(lines.map((line) => JSON.parse(line) as { key: string; opinion: number }).map((o) => [o.key, o.opinion]))
}

/** In an order that mixes all statements, so that a run that is broken off has a fair sample. */
async function askAbout(cases: Case[], words: MatchWeights['words'], opinions: Map<string, number>, file: string): Promise<void> {
  if (cases.length === 0) return
  const { MODELS_DIR: modelsDir, ANSWER_MODEL: id, MODEL_THREADS: threads } = readConfig()
  const model = await createLanguageModel({ modelsDir, id, threads, queue: 1 })
  const began = Date.now()
  const mixed = cases.map((c) => ({ c, at: createHash('sha256').update(c.key).digest('hex') })).toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const note = (key: string, opinion: number): void => {
    opinions.set(key, opinion)
    appendFileSync(file, `${JSON.stringify({ key, opinion: Number(opinion.toFixed(4)) })}\n`)
  }
  for (const [n, { c }] of mixed.entries()) {
    if (!opinions.has(selfKey(c.of))) note(selfKey(c.of), await opinionOf(c.of.wrong, c.of.wrong, model, 'background'))
    if (opinions.has(c.key)) continue
    const opinion = await opinionOf(
      c.of.wrong,
      shownOf(partsOf(c.of.wrong), c.text, bestOf(c.pieces, words)?.piece as ComparedPiece),
      model,
      'background',
    )
    note(c.key, opinion)
    if (n % 20 === 19) console.error(`${n + 1} of ${cases.length}, ${((Date.now() - began) / 1000 / (n + 1)).toFixed(1)} s each`)
  }
  await model.close()
}

function selfKey({ id }: Planted): string {
  return `${id}:self`
}

function isOpen(logit: number, { low, high }: MatchWeights['limits']): boolean {
  return logit >= low && logit <= high
}

/** Limits are set by what each statement's answers score under weights that were fitted without it. */
function fit(cases: Case[], opinions: Map<string, number>): MatchWeights {
  const weights = mixes(cases, opinions)
  const without = leaveOut(cases, (rest) => mixes(rest, opinions))
  const words = cases.map((c) => bestOf(c.pieces, without(c).words)?.logit ?? NOTHING)
  const same = (values: number[], of: Case[], lost: number): number =>
    quantile(
      values.filter((_, i) => of[i]?.same),
      lost,
    )
  const heard = cases.filter((c) => opinions.has(c.key))
  const both = heard.map((c) => logitOf(without(c).asked, signalsOf(c, without(c).words, opinions)))
  return {
    ...weights,
    limits: {
      alone: same(words, cases, 1 - RECALL),
      low: round(same(words, cases, 0) - MARGIN),
      high: round(Math.max(...words.filter((_, i) => !cases[i]?.same)) + MARGIN),
    },
    hit: quantile(
      both.filter((_, i) => !heard[i]?.same),
      1 - (TAKEN * cases.filter((c) => !c.same).length) / heard.filter((c) => !c.same).length,
    ),
  }
}

function mixes(cases: Case[], opinions: Map<string, number>): Pick<MatchWeights, 'words' | 'asked'> {
  const words = fitWords(cases)
  const rows = cases
    .filter((c) => opinions.has(c.key))
    .map((c): Row => ({ signals: signalsOf(c, words, opinions), right: c.same, group: c.of.id }))
  return { words, asked: fitLogistic(rows, ['words', 'opinion', 'self'], PENALTY) }
}

function signalsOf(c: Case, words: MatchWeights['words'], opinions: Map<string, number>): { words: number; opinion: number; self: number } {
  const logit = bestOf(c.pieces, words)?.logit ?? NOTHING
  return { words: logit, opinion: opinions.get(c.key) ?? 0, self: opinions.get(selfKey(c.of)) ?? 0 }
}

/** For each case what was made of all the cases of other statements. */
function leaveOut<T>(cases: Case[], make: (rest: Case[]) => T): (c: Case) => T {
  const made = new Map([...new Set(cases.map((c) => c.of.id))].map((id) => [id, make(cases.filter((c) => c.of.id !== id))]))
  return (c) => made.get(c.of.id) as T
}

/** Which piece of an answer counts isn't known beforehand: the likeliest under the last fit, a few times over. */
function fitWords(cases: Case[]): MatchWeights['words'] {
  let pick = (c: Case): ComparedPiece | undefined =>
    c.pieces.toSorted((a, b) => b.signals.cosine + b.signals.coverage - a.signals.cosine - a.signals.coverage)[0]
  let model: MatchWeights['words'] | null = null
  for (let i = 0; i < ROUNDS; i++) {
    const rows = cases.flatMap((c): Row[] => {
      const piece = pick(c)
      return piece ? [{ signals: { ...piece.signals }, right: c.same, group: c.of.id }] : []
    })
    const fitted = fitLogistic(rows, Object.keys(cases[0]?.pieces[0]?.signals ?? {}), PENALTY)
    model = fitted
    pick = (c) => bestOf(c.pieces, fitted)?.piece
  }
  return model as MatchWeights['words']
}

interface Judged {
  logit: number
  hit: boolean
  asked: boolean
}

/** As the matcher does it. Null: no model is asked. */
function judged(c: Case, weights: MatchWeights, opinions: Map<string, number> | null): Judged {
  const { words, asked, limits, hit } = weights
  const logit = bestOf(c.pieces, words)?.logit ?? NOTHING
  if (!opinions) return { logit, hit: logit >= limits.alone, asked: false }
  if (!isOpen(logit, limits)) return { logit: logit < limits.low ? logit - APART : logit + APART, hit: logit > limits.high, asked: false }
  const both = logitOf(asked, signalsOf(c, words, opinions))
  return { logit: both, hit: both >= hit, asked: true }
}

function report(title: string, cases: Case[], results: Judged[]): void {
  const of = (same: boolean): Judged[] => results.filter((_, i) => cases[i]?.same === same)
  const [same, other] = [of(true), of(false)]
  const found = same.filter((r) => r.hit).length
  const taken = other.filter((r) => r.hit).length
  const statements = [...new Set(cases.map((c) => c.of.id))]
  const asked = results.filter((r) => r.asked).length
  const say = (line: string): void => console.log(line)
  say(`\n${title}: ${statements.length} statements`)
  say(
    `  found ${found} of ${same.length} (${percent(found, same.length)}, at least ${(100 * (1 - upperBound(same.length - found, same.length))).toFixed(1)} %)`,
  )
  say(
    `  look-alikes taken ${taken} of ${other.length} (${percent(taken, other.length)}, at most ${(100 * upperBound(taken, other.length)).toFixed(1)} %)`,
  )
  say(
    `  AUROC ${auroc(
      results.map((r) => r.logit),
      cases.map((c) => c.same),
    ).toFixed(3)}; the model was asked about ${percent(asked, results.length)}`,
  )
}

function quantile(values: number[], share: number): number {
  return round(values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? 0)
}

function percent(n: number, of: number): string {
  return `${((100 * n) / Math.max(1, of)).toFixed(1)} %`
}

function round(x: number): number {
  return Number(x.toFixed(4))
}
