/** What `npm run evaluate -- --traces` wrote, as rows to fit and to measure on. */
import { readFileSync } from 'node:fs'
import { SHIPPED } from '../server/policy/confidence.ts'
import { signalsOf } from '../server/pipeline/score.ts'
import type { Form, Trace } from '../server/types.ts'
import { isRight } from './evaluate-summary.ts'
import type { Question } from './evaluate.ts'
import type { Row } from './logistic.ts'

export interface Example {
  /** Name of the file without `.traces.jsonl`. */
  set: string
  question: Question
  trace: Trace
}

export function readTraces(file: string): Example[] {
  const set = /([^/]+?)(?:\.traces)?\.jsonl$/.exec(file)?.[1] ?? file
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ set, ...(JSON.parse(line) as Omit<Example, 'set'>) }))
}

/** One row for each question whose form exists; what is sent to an unanswerable question is wrong. Urgent ones and the like are another matter. */
export function rowsOf(examples: Example[], form: Form, models = SHIPPED): (Row & { trace: Trace })[] {
  return examples.flatMap(({ set, question, trace }) => {
    const text = form === 'written' ? trace.draft?.text : trace.quotation?.text
    if (!text || ['urgent', 'asks_person', 'contradicted'].includes(question.type ?? '')) return []
    const right = isRight(form === 'quoted' ? holding(question) : question, text) === true
    return [{ signals: signalsOf(form, trace, models), right, group: `${set}/${question.gold_doc ?? question.id}`, trace }]
  })
}

/** A quotation is right when it holds the answer: what else stands in the same paragraph or row is no mistake of it. */
function holding(question: Question): Question {
  return { ...question, must_not: [] }
}
