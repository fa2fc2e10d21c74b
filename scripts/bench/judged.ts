/** What judging leaves behind: past questions judged in part, audits of what customers were sent, a test, and a round after a change. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '../../server/context.ts'
import { keptOf } from '../../server/imports/same-answer.ts'
import { toRecord } from '../../server/pipeline/decide.ts'
import type { Cell } from '../../server/store/certificate-types.ts'
import type { ScoredAnswer } from '../../server/store/label-types.ts'
import type { Actor, Trace } from '../../server/types.ts'
import { answered } from './history.ts'

const PAST = 500
/** Each is answered once from the articles in force, and told again with other words around it. */
const DISTINCT = 60
const JUDGED = 300
const AUDITS = 1500
const CELL: Cell = { topic: '*', channel: '*', tier: '*', form: 'quoted' }
const OPENINGS = ['', 'Hello, ', 'Please tell me: ', 'My last question: ']

export async function fillJudging(
  context: Context,
  { documents, questions, judges, random }: { documents: string; questions: string[]; judges: Actor[]; random: () => number },
  say: (line: string) => void,
): Promise<void> {
  const { store, proof } = context
  if (store.rounds.list().length > 0) return
  const asked = OPENINGS.flatMap((opening) => questions.map((q) => `${opening}${q}`)).slice(0, PAST)
  say(`Taking in ${asked.length} past questions …`)
  const made = { file: 'tickets-of-last-year.csv', form: 'quoted', channel: 'portal', tier: 'standard', left: 41 } as const
  const taken = asked.map((text, i) => ({ line: i + 2, text, judges: i % 10 === 0 ? 2 : 1 }))
  const { id: past } = store.imports.underWay() ?? store.imports.create({ ...made, questions: taken }, judges[0] ?? 'system')
  const templates = await answered(context, questions.slice(0, DISTINCT))
  const template = (n: number): Trace => templates[n % templates.length] as Trace
  for (let next = store.imports.next(past); next; next = store.imports.next(past)) {
    const { id, place } = next.question
    const trace = { ...template(place), turn: id, conversation: id, question: next.text }
    store.imports.answered(id, trace, scoredAs(trace, context))
  }

  const [first = 'system', second = first] = judges
  const say95 = (): boolean | null => (random() < 0.94 ? true : random() < 0.8 ? false : null)
  for (const { id, form } of store.imports.toJudge(first, JUDGED))
    store.labels.add({ turn: id, form, right: say95(), source: 'import', seconds: 4 + Math.floor(random() * 9) }, first)
  for (const { id, form } of store.imports.toJudge(second, PAST).filter((q) => q.judges > 1 && q.judged > 0))
    store.labels.add({ turn: id, form, right: say95(), source: 'import', seconds: 5 }, second)
  for (const { turn, form } of store.audits.list({ state: 'open', limit: AUDITS }))
    store.labels.add({ turn, form, right: say95(), source: 'audit', seconds: 6 }, second)
  if (proof.readiness(CELL).missing === 0) proof.certify(CELL, first)

  say('An article changes, and what was judged is asked again …')
  await changeOneArticle(context, documents)
  const { id: round } = store.rounds.begin({ form: 'quoted', making: proof.fingerprint(), roots: proof.askable('quoted') }, first)
  for (let next = store.rounds.next(round), n = 0; next; next = store.rounds.next(round), n++) {
    const { id } = next.question
    const before = store.rounds.before(id)
    const same = n % 10 === 0 ? null : before.answers[0]?.trace
    const trace: Trace = { ...(same ?? template(n)), turn: id, conversation: id, question: next.text }
    const done = store.rounds.answered(id, trace, scoredAs(trace, context), keptOf('quoted', trace, before))
    // It cites the article that was changed.
    if (done.result === 'stale') store.rounds.failed(id, 'stale')
  }
}

/** What the answer scored, as one that is to be judged. */
function scoredAs(trace: Trace, { ports }: Context): ScoredAnswer[] {
  const record = toRecord(trace, { ...ports, record: () => ({ result: 'recorded' }), onStage: () => {} })
  return (record.scored?.answers ?? []).map((a) => ({ ...a, source: 'import', sent: false, drawn: a.form === 'quoted', probability: 1 }))
}

async function changeOneArticle({ knowledge }: Context, documents: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-bench-article-'))
  try {
    const name = 'transfer-abroad-cost.md'
    writeFileSync(join(folder, name), readFileSync(join(documents, name), 'utf8').replaceAll('£', '£1'))
    await knowledge.ingest([folder], { actor: 'system', retireMissing: false })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
