/** What staff do about an incident happens as a whole or not at all, and counts as done only when it is. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { recordUnavailable } from '../errors.ts'
import { createLogger } from '../log.ts'
import { opened, told, WRONG } from '../store/incident.fixture.ts'
import { revisionOf, temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { closeIncident } from './close-incident.ts'
import { createComebacks } from './comebacks.ts'
import { contain } from './contain.ts'
import { openIncident } from './open-incident.ts'
import { CHANGING, createRegression } from './regression.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

const silent = createLogger('silent')
const aCase = (incident: string) =>
  at.store.cases.add(
    incident,
    { question: 'What does it cost?', tier: 'standard', channel: 'portal', mustSay: [], mustNotSay: ['£25'] },
    'staff:maya',
  )

test('whoever closes what a colleague has changed meanwhile ends no quarantine', () => {
  const incident = opened(at.store, { right: 'It costs £12.' })
  at.store.cases.noteResult(aCase(incident.id).id, { result: 'held', why: 'It is quarantined.' })
  const { id } = at.store.quarantines.set(incident.id, { kind: 'claim', what: incident.wrong }, 'staff:maya')
  at.store.incidents.describe(incident.id, { ...WRONG, right: incident.right, severity: 'low' }, incident.version, 'staff:ben')
  const closing = { cause: 'generation', change: { kind: 'label', note: 'judged' }, lift: [id], version: incident.version } as const
  expect(() => closeIncident(incident, { ...closing, lift: [id] }, at.store, 'staff:maya')).toThrow(/colleague has changed/)
  expect(at.store.quarantines.active()).toMatchObject([{ id }])
})

test('an incident does not close while its question is answered wrong, or nobody knows how it is answered now', () => {
  const incident = opened(at.store, { right: 'It costs £12.' })
  const { id } = aCase(incident.id)
  const close = () =>
    closeIncident(
      incident,
      { cause: 'generation', change: { kind: 'label', note: 'judged' }, lift: [], version: incident.version },
      at.store,
      'staff:maya',
    )
  expect(close).toThrow(/still to be asked/)
  at.store.cases.noteResult(id, { result: 'wrong', why: 'It says again: “£25”' })
  expect(close).toThrow(/answered wrong when it was last asked/)
  at.store.cases.noteResult(id, { result: 'failed', why: 'It could not be asked. Try again.' })
  expect(close).toThrow(/could not be asked/)
  at.store.cases.noteResult(id, { result: 'right', why: 'It says what it must.' })
  at.pass(1000)
  at.store.knowledge.apply({ put: [revisionOf('fees', 'It costs £25.')], retire: [] }, 'system')
  expect(close).toThrow(/still to be asked/)
  at.store.cases.noteResult(id, { result: 'right', why: 'It says what it must.' })
  close()
  expect(at.store.incidents.get(incident.id)?.state).toBe('closed')
})

test('an incident of which nothing is stopped does not count as stopped', async () => {
  const incident = opened(at.store, { spans: [] })
  const stop = (kind: 'words' | 'claim') => contain(incident, [kind], { store: at.store, barred: async () => null }, 'staff:maya')
  await expect(stop('words')).rejects.toThrow(/nothing of that/)
  expect(at.store.incidents.get(incident.id)?.state).toBe('open')
  await stop('claim')
  expect(at.store.incidents.get(incident.id)?.state).toBe('contained')
})

test('two who open an incident at the same moment from the same place get the same one', async () => {
  const revision = revisionOf('fees', 'It costs £25.')
  at.store.knowledge.apply({ put: [revision], retire: [] }, 'system')
  const knowledge = { blocks: async () => [], revision: () => revision }
  const open = (by: string) => openIncident({ from: 'article', id: 'fees' }, { store: at.store, knowledge }, by)
  const [first, second] = await Promise.all([open('staff:maya'), open('staff:ben')])
  expect(second.id).toBe(first.id)
  expect(at.store.incidents.list({})).toHaveLength(1)
})

test('what was put right and is said again is an alarm each time, also after somebody dismissed the last one', async () => {
  const { id, version } = opened(at.store)
  at.store.incidents.close(id, { cause: 'generation', change: { kind: 'label', note: 'judged' } }, version, 'staff:maya')
  const says = () => ({
    likeness: () => 1,
    match: async (texts: string[]) => texts.map(() => ({ hit: true, score: 1, why: 'the same', said: null })),
  })
  const comebacks = createComebacks({ store: at.store, says, log: silent })
  comebacks.heard(told(at.store).message)
  await comebacks.close()
  const [alarm] = at.store.notices.open()
  at.store.notices.dismiss(alarm?.id ?? '', 'staff:maya')
  comebacks.heard(told(at.store).message)
  await comebacks.close()
  expect(at.store.notices.open()).toMatchObject([{ key: `came-back:${id}`, kind: 'alarm' }])
})

test('what closed with a condition that had been left out is not said again by whoever says it with the condition', async () => {
  const right = 'Changing is free, provided that you stay for 6 months.'
  const { id, version } = opened(at.store, { wrong: 'Changing is free.', right })
  at.store.incidents.close(id, { cause: 'article-wrong', change: { kind: 'article', note: 'Added.' } }, version, 'staff:maya')
  const comebacks = createComebacks({
    store: { ...at.store, reach: { ...at.store.reach, text: (message) => message } },
    says: () => ({ likeness: () => 1, match: async (texts) => texts.map(() => ({ hit: true, score: 1, why: 'alike', said: null })) }),
    log: silent,
  })
  comebacks.heard(`Changing is free if you stay: provided that you stay for 6 months.`)
  await comebacks.close()
  expect(at.store.notices.open()).toEqual([])
})

test('past mistakes are asked about again whenever an answer may go out that was held before', () => {
  for (const type of ['quarantine.lifted', 'certificate.made', 'sending.resumed', 'threshold.set']) expect(CHANGING).toContain(type)
})

test('that a past mistake could not be asked about is noted, whoever started it', async () => {
  const asked = aCase(opened(at.store).id)
  const error = vi.spyOn(silent, 'error')
  vi.spyOn(at.store.cases, 'noteResult').mockImplementation(() => {
    throw recordUnavailable()
  })
  const ask = () => Promise.reject(new Error('the model is away'))
  const regression = createRegression({ store: at.store, ask, states: async () => [], log: silent })
  await expect(regression.run([asked])).rejects.toThrow(/record/)
  await regression.close()
  expect(error).toHaveBeenLastCalledWith(expect.anything(), expect.stringContaining('the questions of past incidents'))
})
