import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogger } from '../log.ts'
import { opened } from '../store/incident.fixture.ts'
import type { Incident } from '../store/incident-types.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import type { Finding } from '../types.ts'
import { createLetterChecks } from './letter-checks.ts'

const LETTER = {
  wrong: 'It costs £25.',
  right: 'It costs £12.',
  why: '',
  toDo: 'Check your last bill.',
  text: 'What is right: It costs £12.',
}

let at: TemporaryStore
let incident: Incident
beforeEach(() => {
  at = temporaryStore()
  incident = opened(at.store)
})
afterEach(() => at.remove())

const checks = (check: () => Promise<Finding[]>) => createLetterChecks({ store: at.store, check, log: createLogger('silent') })

test('a letter is kept with what the checks say; until then it is shown as being checked, and nobody writes a second one over it', async () => {
  const checking = Promise.withResolvers<Finding[]>()
  const letters = checks(() => checking.promise)
  const written = letters.write(incident, LETTER, 'staff:maya')
  expect(letters.of(incident.id)).toMatchObject({ state: 'running', letter: LETTER, by: 'staff:maya' })
  expect(at.store.corrections.of(incident.id)).toBeNull()
  await expect(letters.write(incident, { ...LETTER, why: 'Another one.' }, 'staff:ben')).rejects.toThrow(/being checked already/)
  checking.resolve([{ check: 'source', claim: null, result: 'doubtful', why: 'Nothing backs it.' }])
  await written
  expect(letters.of(incident.id)).toBeNull()
  expect(at.store.corrections.of(incident.id)).toMatchObject({ by: 'staff:maya', text: LETTER.text, findings: [{ check: 'source' }] })
})

test('what could not be checked is not lost: it is there to be tried again', async () => {
  let broken = true
  const letters = checks(async () => {
    if (broken) throw new Error('the model has died')
    return []
  })
  await letters.write(incident, LETTER, 'staff:maya')
  expect(letters.of(incident.id)).toMatchObject({ state: 'failed', letter: LETTER, why: expect.stringContaining('Try again') })
  expect(at.store.corrections.of(incident.id)).toBeNull()
  broken = false
  await letters.write(incident, LETTER, 'staff:maya')
  expect(letters.of(incident.id)).toBeNull()
  expect(at.store.corrections.of(incident.id)).toMatchObject({ toDo: LETTER.toDo })
})

test('a letter that was being checked when the house ended is there after the next start, and is checked then', async () => {
  const letters = checks(() => new Promise(() => undefined))
  void letters.write(incident, LETTER, 'staff:maya')
  at = at.reopen()
  const next = checks(async () => [{ check: 'source', claim: null, result: 'doubtful', why: 'Nothing backs it.' }])
  expect(next.of(incident.id)).toBeNull()
  next.resume()
  expect(next.of(incident.id)).toMatchObject({ state: 'running', letter: LETTER, by: 'staff:maya' })
  while (next.of(incident.id)) await new Promise((resolve) => setTimeout(resolve, 1))
  expect(at.store.corrections.of(incident.id)).toMatchObject({ by: 'staff:maya', text: LETTER.text, findings: [{ check: 'source' }] })
  expect(at.store.corrections.unchecked()).toEqual([])
})
