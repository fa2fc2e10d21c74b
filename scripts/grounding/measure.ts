/** Each step of the checker on pairs with labels that nothing was trained on: what it is worth alone, and all together. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { groundPair } from '../../server/checks/ground-pair.ts'
import type { Context } from '../../server/context.ts'
import { condensed } from '../../words/premise.ts'
import { termsOf, wordsOf } from '../../words/terms.ts'
import { auroc } from '../logistic.ts'
import { randomOf } from '../random.ts'
import { shuffled } from './edits.ts'
import { balancedAccuracy, withInterval, type Scored } from './figures.ts'

const labelled = z.object({
  claim: z.string(),
  premise: z.string(),
  label: z.union([z.literal(0), z.literal(1)]),
  doc: z.string().nullish(),
})
export type Labelled = z.infer<typeof labelled>

/** A step's score, and the limit from which it calls a claim supported: fixed before anything was measured. */
export const STEPS = {
  overlap: { name: 'word overlap', limit: 0.7 },
  entailment: { name: 'entailment model', limit: 0 },
  opinion: { name: 'second opinion', limit: 0 },
  quick: { name: 'all but the second opinion', limit: 0.5 },
  all: { name: 'all', limit: 0.5 },
} as const
export type Step = keyof typeof STEPS

export type Measured = { set: string; step: Step } & Scored

/** A fair sample of a file's pairs, the same for the same seed. Errors name the line. */
export function pairsOf(file: string, limit: number): Labelled[] {
  const raw = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8')
  const pairs = text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return []
    const parsed = labelled.safeParse(JSON.parse(line))
    if (!parsed.success) throw new Error(`${file}, line ${i + 1}: not a pair {claim, premise, label: 0 or 1}`)
    return [parsed.data]
  })
  return shuffled(pairs, randomOf(1)).slice(0, limit)
}

/** `energy/claims.jsonl` → `energy claims`; the folder only where the file's name says too little. */
export const setOf = (file: string): string => {
  const name = basename(file).replace(/\.jsonl(?:\.gz)?$/, '')
  return /^(?:claims|symmetric|claims_symmetric)$/.test(name) ? `${basename(file.slice(0, -basename(file).length))} ${name}` : name
}

/** `opinions`: of so many pairs of the set the answering model is asked too, at some seconds each. */
export async function measureSet(
  set: string,
  pairs: Labelled[],
  { ports, entailment }: Pick<Context, 'ports' | 'entailment'>,
  opinions: number,
  onProgress: (done: number) => void,
): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const [i, pair] of pairs.entries()) {
    const { claim, premise } = pair
    const say = (step: Step, score: number): void =>
      void measured.push({ set, step, score, right: pair.label === 1, group: pair.doc ?? premise.slice(0, 80) })
    say('overlap', overlap(claim, premise))
    if (entailment) say('entailment', (await entailment.entail([{ claim, premise: condensed(claim, premise) }]))[0] ?? 0)
    say('quick', (await groundPair({ ...ports, model: null }, pair)).score)
    if (i < opinions) {
      const { score, findings } = await groundPair(ports, pair)
      const said = findings.flatMap((f) => (f.check === 'second-opinion' ? (f.signals?.opinion ?? []) : []))
      say('all', score)
      say('opinion', Math.min(...(said.length > 0 ? said : [-12])))
    }
    onProgress(i + 1)
  }
  return measured
}

/** Share of the claim's distinct terms that the premise has. */
function overlap(claim: string, premise: string): number {
  const terms = termsOf(claim)
  const there = new Set(wordsOf(premise).map((w) => w.term))
  return terms.length === 0 ? 0 : terms.filter((t) => there.has(t)).length / terms.length
}

/** A Markdown table: a row a set and step, with 95 % intervals; steps that were not measured are left out. */
export function tableOf(measured: Measured[]): string {
  const rows = [...Map.groupBy(measured, (m) => m.set)].flatMap(([set, mine]) =>
    (Object.keys(STEPS) as Step[]).flatMap((step) => {
      const scored = mine.filter((m) => m.step === step)
      if (scored.length === 0) return []
      const { name, limit } = STEPS[step]
      const area = withInterval(scored, areaOf)
      const balanced = withInterval(scored, (some) => balancedAccuracy(some, limit))
      const trueOnes = scored.filter((s) => s.right).length
      return [`| ${set} | ${name} | ${scored.length} (${trueOnes}) | ${figure(area)} | ${figure(balanced)} |`]
    }),
  )
  return ['| set | step | pairs (true) | AUROC | balanced accuracy |', '|---|---|---|---|---|', ...rows].join('\n')
}

export const areaOf = (some: Scored[]): number =>
  auroc(
    some.map((s) => s.score),
    some.map((s) => s.right),
  )

const figure = ({ value, low, high }: { value: number; low: number; high: number }): string =>
  `${short(value)} (${short(low)} to ${short(high)})`

/** 0.8149 → `.81` */
export const short = (x: number): string => (Number.isNaN(x) ? '–' : x.toFixed(2).replace(/^0/, ''))
