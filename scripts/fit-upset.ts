/** Fits the two models of server/signals/upset.ts and measures them on messages that they were not fitted on. */
import { readFileSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { createEmbedder } from '../models/embedder.ts'
import { readConfig } from '../server/config.ts'
import { upsetness, type UpsetModel } from '../server/signals/upset.ts'
import { upsetWords } from '../server/signals/upset-words.ts'
import { auroc } from './logistic.ts'

interface Example {
  text: string
  upset: boolean
  of: 'ours' | 'others'
  words: number[]
  vector: Float32Array
}

const command = new Command('fit-upset')
  .description('Fits the classifier for upset messages; half of the messages are held out for measuring.')
  .option('--calm <files...>', 'further messages, one a line, taken as calm: half to fit on, half to measure false alarms', [])
  .option('--save', 'write server/signals/upset.json')
  .parse()
const { calm, save } = command.opts<{ calm: string[]; save?: boolean }>()

const NAMES = Object.keys(upsetWords(''))
const embedder = await createEmbedder({ modelsDir: readConfig(process.env).MODELS_DIR })
const ours = lines('server/signals/upset-messages.jsonl').map((line) => JSON.parse(line) as { text: string; upset: boolean })
const others = calm.flatMap(lines).map((text) => ({ text, upset: false }))
const all = [...(await withFigures(ours, 'ours')), ...(await withFigures(others, 'others'))]
await embedder.close()

const fitted = fit(all.filter((_, i) => i % 2 === 0))
report(
  'fitted on every other message',
  fitted,
  all.filter((_, i) => i % 2 === 0),
)
report(
  'held out',
  fitted,
  all.filter((_, i) => i % 2 === 1),
)
if (save) {
  writeFileSync('server/signals/upset.json', `${JSON.stringify(fitted)}\n`)
  process.stdout.write('wrote server/signals/upset.json\n')
}

function lines(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
}

async function withFigures(messages: { text: string; upset: boolean }[], of: Example['of']): Promise<Example[]> {
  const found: Example[] = []
  for (let i = 0; i < messages.length; i += 64) {
    const part = messages.slice(i, i + 64)
    const vectors = await embedder.embed(part.map((m) => m.text))
    part.forEach((m, j) => {
      const words = upsetWords(m.text)
      found.push({ ...m, of, words: NAMES.map((n) => words[n] ?? 0), vector: vectors[j] as Float32Array })
    })
  }
  return found
}

function fit(rows: Example[]): UpsetModel {
  const weight = (r: Example): number =>
    r.of === 'ours' ? 1 : rows.filter((o) => o.of === 'ours' && !o.upset).length / Math.max(1, rows.filter((o) => o.of === 'others').length)
  const shares = rows.map(weight)
  const targets = rows.map((r) => (r.upset ? 1 : 0))
  const words = descend(
    rows.map((r) => r.words),
    targets,
    shares,
    () => 0.02,
  )
  const both = descend(
    rows.map((r) => [...r.words, ...r.vector]),
    targets,
    shares,
    (j) => (j < NAMES.length ? 0.02 : 0.01),
  )
  const named = (weights: number[]) => Object.fromEntries(NAMES.map((n, j) => [n, round(weights[j] ?? 0)]))
  const model = {
    embedder: embedder.identity.id,
    from: { words: 0.5, both: 0.5 },
    words: { bias: round(words.bias), weights: named(words.weights) },
    both: { bias: round(both.bias), weights: named(both.weights), vector: both.weights.slice(NAMES.length).map(round) },
  }
  return { ...model, from: { words: quiet(rows, model, false), both: quiet(rows, model, true) } }
}

/** The probability that at most 1 in 100 calm messages of the fitted half reaches, and at least one half. */
function quiet(rows: Example[], model: UpsetModel, withVector: boolean): number {
  const scores = rows
    .filter((r) => !r.upset)
    .map((r) => probability(r, model, withVector))
    .toSorted((a, b) => b - a)
  return round(Math.max(0.5, (scores[Math.floor(scores.length * 0.01)] ?? 0) + 1e-6))
}

function probability(r: Example, model: UpsetModel, withVector: boolean): number {
  return upsetness({ text: r.text, vector: withVector ? { of: model.embedder, values: r.vector } : null }, model).probability
}

/** Logistic regression with an L2 penalty by accelerated gradient descent (Nesterov 1983). */
function descend(x: number[][], y: number[], share: number[], penalty: (j: number) => number): { bias: number; weights: number[] } {
  const size = x[0]?.length ?? 0
  const total = share.reduce((a, b) => a + b, 0)
  let [bias, weights, lookBias, look] = [0, Array.from({ length: size }, () => 0), 0, Array.from({ length: size }, () => 0)]
  const step = 1 / (0.25 * Math.max(...x.map((row) => 1 + row.reduce((s, v) => s + v * v, 0))) + 0.05)
  for (let t = 0; t < 800; t++) {
    let toBias = 0
    const gradient = Array.from({ length: size }, () => 0)
    x.forEach((row, i) => {
      const z = row.reduce((s, v, j) => s + v * (look[j] ?? 0), lookBias)
      const error = ((share[i] ?? 0) / total) * (1 / (1 + Math.exp(-z)) - (y[i] ?? 0))
      toBias += error
      for (let j = 0; j < size; j++) gradient[j] = (gradient[j] ?? 0) + error * (row[j] ?? 0)
    })
    const nextBias = lookBias - step * toBias
    const next = look.map((w, j) => w - step * ((gradient[j] ?? 0) + (penalty(j) / 10) * w))
    const keep = t / (t + 3)
    lookBias = nextBias + keep * (nextBias - bias)
    look = next.map((w, j) => w + keep * (w - (weights[j] ?? 0)))
    ;[bias, weights] = [nextBias, next]
  }
  return { bias, weights }
}

function round(value: number): number {
  return Number(value.toPrecision(4))
}

function report(name: string, model: UpsetModel, rows: Example[]): void {
  const mine = rows.filter((r) => r.of === 'ours')
  const theirs = rows.filter((r) => r.of === 'others')
  process.stdout.write(
    `${name}: ${mine.length} messages of ours, ${mine.filter((r) => r.upset).length} upset; ${theirs.length} others, taken as calm\n`,
  )
  for (const withVector of [false, true]) {
    const from = withVector ? model.from.both : model.from.words
    const score = (r: Example): number => probability(r, model, withVector)
    const hit = (list: Example[]): string => `${list.filter((r) => score(r) >= from).length} of ${list.length}`
    process.stdout.write(
      `  ${withVector ? 'words and embedding' : 'words alone'}: AUROC ${auroc(
        mine.map(score),
        mine.map((r) => r.upset),
      ).toFixed(
        3,
      )}; from ${from}: upset heard ${hit(mine.filter((r) => r.upset))}, calm taken for upset ${hit(mine.filter((r) => !r.upset))}, others ${hit(theirs)}\n`,
    )
    if (name === 'held out') {
      for (const r of mine.filter((one) => one.upset && score(one) < from)) process.stdout.write(`    missed: ${r.text}\n`)
      for (const r of [...mine.filter((one) => !one.upset), ...theirs].filter((one) => score(one) >= from).slice(0, 25))
        process.stdout.write(`    false: ${r.text}\n`)
    }
  }
}
