import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { incidentDesk, QUESTION } from './incidents.fixture.ts'

const desk = incidentDesk()
const { staff, asked, opened, now, post } = desk

test('it closes only with a cause, a change that was really made, and a question that is asked again from then on', async () => {
  const maya = await staff('maya')
  desk.house.sendFrom(0)
  const incident = await opened(maya, { from: 'answer', id: (await asked()).id })
  const facts = {
    wrong: incident.wrong,
    right: 'A transfer abroad costs £14 for each payment.',
    kind: 'factual',
    severity: 'low',
    topic: incident.topic,
  }
  await post(maya, incident, 'describe', { version: '1', ...facts })
  await post(maya, incident, 'stop', { what: 'words' })
  const closing = (more: Record<string, string> = {}) => ({
    version: String(now(incident).version),
    cause: 'article-wrong',
    change: 'article',
    note: 'The fee is corrected.',
    ...Object.fromEntries(desk.house.context.store.quarantines.active().map((q) => [`q-${q.id}`, 'lift'])),
    ...more,
  })
  expect((await post(maya, incident, 'close', closing())).text).toContain('Add a question')
  await post(maya, incident, 'cases', { question: QUESTION, mustSay: '£14', mustNotSay: incident.wrong })
  expect((await post(maya, incident, 'close', closing())).text).toContain('No article has been changed')

  const { knowledge, store } = desk.house.context
  const row = store.knowledge.articles().find((a) => a.title.includes('transfer'))!
  const before = knowledge.revision(row.revision)!
  const text = before.text.replace('£12', '£14')
  await desk.house.context.repair.regression.run([])
  await new Promise((resolve) => setTimeout(resolve, 5))
  store.knowledge.apply({ put: [{ ...before, id: 'f'.repeat(64), text }], retire: [] }, 'staff:maya')
  expect((await post(maya, incident, 'close', closing({ version: '1' }))).status).toBe(409)
  expect((await post(maya, incident, 'close', closing())).text).toContain('Wait for the result')
  await desk.house.context.repair.regression.run(store.cases.of(incident.id))
  expect((await post(maya, incident, 'close', closing())).status).toBe(303)
  expect(now(incident)).toMatchObject({ state: 'closed', cause: 'article-wrong', change: { kind: 'article' } })
  expect(store.quarantines.active()).toEqual([])

  const report = await maya.get(`/console/incidents/${incident.id}/report`).expect(200)
  for (const said of ['Incident report', 'A transfer abroad costs £14', 'An article is wrong', 'Entries of the log'])
    expect(report.text).toContain(said)
  expect((await maya.get('/console/incidents/figures').expect(200)).text).toContain('Time to stop')
})

test('a question of a past incident that is answered wrong after a change is an alarm until it is right again; said again, the incident shows it', async () => {
  const maya = await staff('maya')
  desk.house.sendFrom(0)
  const incident = await opened(maya, { from: 'answer', id: (await asked()).id })
  const { store, repair } = desk.house.context
  const wrong = store.cases.add(
    incident.id,
    { question: QUESTION, tier: 'standard', channel: 'portal', mustSay: [], mustNotSay: ['£12'] },
    'staff:maya',
  )
  expect(await repair.regression.run([wrong])).toMatchObject([{ result: 'wrong' }])
  expect(store.notices.open()).toMatchObject([{ key: `case:${wrong.id}`, kind: 'alarm' }])
  desk.house.sendFrom(2)
  expect(await repair.regression.run([wrong])).toMatchObject([{ result: 'held' }])
  expect(store.notices.open()).toEqual([])

  desk.house.sendFrom(0)
  store.incidents.close(
    incident.id,
    { cause: 'generation', change: { kind: 'label', note: 'judged' } },
    now(incident).version,
    'staff:maya',
  )
  const again = await asked()
  while (now(incident).cameBack === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(store.incidents.returns(incident.id)).toMatchObject([{ message: again.id }])
  expect((await maya.get(`/console/incidents/${incident.id}`)).text).toContain('It was said again once')
})

test('a question of a past incident that was being asked while an article changed says what is answered after the change', async () => {
  const maya = await staff('maya')
  desk.house.sendFrom(0)
  const incident = await opened(maya, { from: 'answer', id: (await asked()).id })
  const { store, repair, knowledge } = desk.house.context
  const given = { question: QUESTION, tier: 'standard', mustSay: ['£14'], mustNotSay: [] }
  const one = store.cases.add(incident.id, { ...given, channel: 'portal' }, 'staff:maya')
  const release = desk.house.hold()
  const before = desk.house.lanes().length
  const results = repair.regression.run([one])
  await expect.poll(() => desk.house.lanes().length).toBe(before + 1)
  const folder = mkdtempSync(join(tmpdir(), 'vouch-changed-'))
  const revision = store.knowledge.inForce().find((r) => r.title.includes('transfer'))!
  writeFileSync(join(folder, `${revision.article}.md`), revision.text.replace('£12', '£14'))
  await knowledge.ingest([folder], { actor: 'staff:maya', retireMissing: false })
  release()
  expect(await results).toMatchObject([{ result: 'right' }])
  rmSync(folder, { recursive: true })
})
