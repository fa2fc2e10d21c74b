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
/** The share of what says it that must be found. */
const RECALL = 0.97
/** The share of what says it that may be lost before the model is asked. */
const LOST_UNASKED = 0.01
const PENALTY = 2
const ROUNDS = 6
/** Logit of an answer without a word. */
const NOTHING = -9

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
  const wanted = open.filter((c) => !opinions.has(c.key) && (ask === 'all' || ask === c.of.half))
  await askAbout(wanted, opinions, file)
  const weights = fit(tuning, opinions)
  const known = (list: Case[]): Case[] => list.filter((c) => opinions.has(c.key) || !open.includes(c))
  const held = cases.filter((c) => c.of.half === 'held-out')
  report('tuning half, each statement left out in turn, words alone', tuning, leftOut(tuning, opinions, false))
  const judgedOnes = known(tuning)
  report('tuning half, each statement left out in turn', judgedOnes, leftOut(judgedOnes, opinions, true))
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
async function askAbout(cases: Case[], opinions: Map<string, number>, file: string): Promise<void> {
  if (cases.length === 0) return
  const { MODELS_DIR: modelsDir, ANSWER_MODEL: id, MODEL_THREADS: threads } = readConfig()
  const model = await createLanguageModel({ modelsDir, id, threads, queue: 1 })
  const began = Date.now()
  const mixed = cases.map((c) => ({ c, at: createHash('sha256').update(c.key).digest('hex') })).toSorted((a, b) => (a.at < b.at ? -1 : 1))
  for (const [n, { c }] of mixed.entries()) {
    const opinion = await opinionOf(c.of.wrong, shownOf(c.text, c.pieces[0] as ComparedPiece), model, 'background')
    opinions.set(c.key, opinion)
    appendFileSync(file, `${JSON.stringify({ key: c.key, opinion: Number(opinion.toFixed(4)) })}\n`)
    if (n % 20 === 19) console.error(`${n + 1} of ${cases.length}, ${((Date.now() - began) / 1000 / (n + 1)).toFixed(1)} s each`)
  }
  await model.close()
}

function isOpen(logit: number, { low, high }: MatchWeights['limits']): boolean {
  return logit >= low && logit <= high
}

function fit(cases: Case[], opinions: Map<string, number>): MatchWeights {
  const words = fitWords(cases)
  const logits = cases.map((c) => bestOf(c.pieces, words)?.logit ?? NOTHING)
  const asked = cases.flatMap((c, i) =>
    opinions.has(c.key) ? [{ c, signals: { words: logits[i] ?? 0, opinion: opinions.get(c.key) ?? 0 } }] : [],
  )
  const model = fitLogistic(
    asked.map(({ c, signals }): Row => ({ signals, right: c.same, group: c.of.id })),
    ['words', 'opinion'],
    PENALTY,
  )
  const ofSame = (values: number[], of: { same: boolean }[], share: number): number =>
    quantile(
      values.filter((_, i) => of[i]?.same),
      share,
    )
  const low = ofSame(logits, cases, LOST_UNASKED)
  const sure = Math.max(...logits.filter((_, i) => !cases[i]?.same))
  return {
    words,
    asked: model,
    limits: { alone: ofSame(logits, cases, 1 - RECALL), low: round(low - 0.5), high: round(sure + 0.5) },
    hit: ofSame(
      asked.map(({ signals }) => logitOf(model, signals)),
      asked.map(({ c }) => c),
      1 - RECALL,
    ),
  }
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
function judged(c: Case, { words, asked, limits, hit }: MatchWeights, opinions: Map<string, number> | null): Judged {
  const logit = bestOf(c.pieces, words)?.logit ?? NOTHING
  if (!opinions) return { logit, hit: logit >= limits.alone, asked: false }
  if (logit < limits.low) return { logit: logit - limits.low - 20, hit: false, asked: false }
  if (logit > limits.high) return { logit: logit + 20, hit: true, asked: false }
  const both = logitOf(asked, { words: logit, opinion: opinions.get(c.key) ?? 0 })
  return { logit: both, hit: both >= hit, asked: true }
}

function leftOut(cases: Case[], opinions: Map<string, number>, withModel: boolean): Judged[] {
  const weightsWithout = new Map(
    [...new Set(cases.map((c) => c.of.id))].map((id) => [
      id,
      fit(
        cases.filter((c) => c.of.id !== id),
        opinions,
      ),
    ]),
  )
  return cases.map((c) => judged(c, weightsWithout.get(c.of.id) as MatchWeights, withModel ? opinions : null))
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
