/** What a history of turns alone leaves empty: an incident that reached thousands, reports, judging, alarms, proposals. */
import type { Context } from '../../server/context.ts'
import { randomOf } from '../random.ts'
import { fillChanges } from './changes.ts'
import { SAMPLE, sampleQuestions } from './house.ts'
import { fillJudging } from './judged.ts'

/** Answers that the incident reached. */
const REACHED = 3000
const REPORTS = 60

/** Each once in a house that is kept. */
export async function fillRooms(context: Context, seed: number, say: (line: string) => void): Promise<void> {
  const random = randomOf(seed + 1)
  const staff = context.store.staff.list()
  fillIncident(context)
  fillChanges(context, staff, random)
  const judges = staff.map((s) => `staff:${s.id}`)
  await fillJudging(context, { documents: SAMPLE.documents, questions: sampleQuestions(), judges, random }, say)
}

function fillIncident({ store }: Context): void {
  if (store.incidents.list({ limit: 1 }).length > 0) return
  const { answers } = store.reach.slice(0, REACHED)
  const [first] = answers
  if (!first) return
  const incident = store.incidents.open(
    {
      wrong: 'A transfer abroad costs £25 for each payment.',
      right: 'A transfer abroad costs £6 up to £1,000.',
      source: null,
      spans: [],
      kind: 'factual',
      severity: 'high',
      topic: '',
      origin: { from: 'answer', id: first.message },
      message: first.message,
      article: null,
      question: 'What does a transfer abroad cost?',
      firstAt: first.at,
    },
    'system',
  )
  const hits = answers.map(({ text, ...answer }) => ({
    ...answer,
    via: 'claim' as const,
    score: 0.9,
    why: [`It says it in other words: “${text.slice(0, 100)}”`],
    said: { start: 0, end: Math.min(100, text.length) },
    ...store.reach.afterwards(answer),
  }))
  store.incidents.addHits(incident.id, hits, 'system')
  for (const { message, customer } of answers.slice(0, REPORTS))
    store.reports.add({ message, kind: 'factual', span: null, text: 'The branch told me something else.' }, `customer:${customer}`, null)
}
