import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { upperBound } from '../server/policy/binomial.ts'
import { confidenceOf, SHIPPED, type LogisticModel } from '../server/policy/confidence.ts'
import { FORMS, type Form } from '../server/types.ts'
import { isAnswerable } from './evaluate-summary.ts'
import { mostSent, WRONG } from './grounding/share.ts'
import { auroc, calibrationError, crossValidate, fitLogistic, type Row } from './logistic.ts'
import { readTraces, rowsOf } from './traces.ts'

/** What each form's confidence is computed from. A signal is here because it helped out of fold, and was left out when it didn't. */
const SIGNALS: Record<Form, string[]> = {
  quoted: [
    'words',
    'relevance',
    'relevanceMargin',
    'cosine',
    'around',
    'articleMargin',
    'bm25',
    'bm25Margin',
    'kindFound',
    'questionWords',
  ],
  written: [
    'quoted',
    'notAtFirst',
    'minLogprob',
    'claimCoverage',
    'claimBigram',
    'together',
    'opinion',
    'entailment',
    'failed',
    'doubtful',
  ],
}
const PENALTY = 3
const FOLDS = 5

const command = new Command('fit-confidence')
  .description('Fits the weights of the confidence on traces that `npm run evaluate -- --traces` wrote, and measures them on others.')
  .requiredOption('--quoted <files...>', 'traces to fit the quotation on')
  .requiredOption('--written <files...>', 'traces to fit the draft on')
  .option('--measure <files...>', 'traces to measure on', [])
  .option('--save', 'write server/policy/confidence.json')
  .parse()

const options = command.opts<{ quoted: string[]; written: string[]; measure: string[]; save?: boolean }>()
const measureOn = options.measure.flatMap(readTraces)
// The quotation first: how sure it is, is a signal of the draft.
const forms = { ...SHIPPED.forms }
for (const form of ['quoted', 'written'] as const) {
  const fitOn = options[form].flatMap(readTraces)
  const rows = rowsOf(fitOn, form, { ...SHIPPED, forms })
  const predict = (model: LogisticModel, signals: Row['signals']): number =>
    confidenceOf(form, signals, { ...SHIPPED, forms: { ...SHIPPED.forms, [form]: model } }).value
  console.log(`\n${form}: ${rows.length} rows to fit on, ${rows.filter((r) => r.right).length} right`)
  if (rows.length === 0) continue
  const out = crossValidate(rows, SIGNALS[form], PENALTY, FOLDS, predict)
  for (const set of new Set(fitOn.map((e) => e.set))) {
    const mine = rows.flatMap((r, i) => (r.group.startsWith(`${set}/`) ? [i] : []))
    report(
      `  out of fold, ${set}`,
      mine.map((i) => out[i] ?? 0),
      mine.map((i) => rows[i]?.right === true),
      fitOn.filter((e) => e.set === set && isAnswerable(e.question)).length,
    )
  }
  report(
    '  out of fold, all',
    out,
    rows.map((r) => r.right),
    fitOn.filter((e) => isAnswerable(e.question)).length,
  )
  forms[form] = fitLogistic(rows, SIGNALS[form], PENALTY)
  for (const [name, t] of Object.entries(forms[form].signals).sort((a, b) => Math.abs(b[1].weight) - Math.abs(a[1].weight)))
    console.log(`    ${t.weight.toFixed(2).padStart(6)}  ${name}`)
  for (const set of new Set(measureOn.map((e) => e.set))) {
    const some = measureOn.filter((e) => e.set === set)
    const held = rowsOf(some, form, { ...SHIPPED, forms })
    report(
      `  measured on ${set}`,
      held.map((r) => predict(forms[form], r.signals)),
      held.map((r) => r.right),
      some.filter((e) => isAnswerable(e.question)).length,
    )
  }
}
if (options.save) {
  const data = {
    fittedOn: Object.fromEntries(FORMS.map((f) => [f, [...new Set(options[f].flatMap(readTraces).map((e) => e.set))]])),
    rows: Object.fromEntries(FORMS.map((f) => [f, rowsOf(options[f].flatMap(readTraces), f).length])),
    penalty: PENALTY,
    command: 'scripts/fit-confidence.ts',
  }
  const { enough, thresholds } = SHIPPED
  writeFileSync(
    join(import.meta.dirname, '../server/policy/confidence.json'),
    `${JSON.stringify({ version: new Date().toISOString().slice(0, 10), data, enough, thresholds, forms }, null, 2)}\n`,
  )
}

function report(title: string, scores: number[], right: boolean[], answerable: number): void {
  const order = scores.map((s, i) => ({ s, r: right[i] === true })).sort((a, b) => b.s - a.s)
  const at = [0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7].map((share) => {
    const n = Math.round(share * answerable)
    const wrong = order.slice(0, n).filter((o) => !o.r).length
    return `${Math.round(share * 100)}%: ${((100 * wrong) / n).toFixed(1)} (≤${(100 * upperBound(wrong, n)).toFixed(0)}) at ${order[n - 1]?.s.toFixed(2)}`
  })
  const scored = order.map((o) => ({ score: o.s, right: o.r, group: '' }))
  const most = WRONG.map((wrong) => `${((100 * mostSent(scored, wrong)) / answerable).toFixed(0)} at ${100 * wrong}`)
  console.log(
    `${title}: n ${right.length}, right ${right.filter(Boolean).length}, AUROC ${auroc(scores, right).toFixed(3)}, ECE ${calibrationError(scores, right).toFixed(3)}; wrong % at share of answerable ${at.join('; ')}; most sent % at % wrong ${most.join(', ')}`,
  )
}
