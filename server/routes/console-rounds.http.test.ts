import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hashPassword } from '../people/passwords.ts'
import type { Role } from '../types.ts'
import { temporaryPortal, type TemporaryPortal } from './temporary-portal.ts'

const PASSWORD = 'correct horse battery'
const CSV = 'question\nWhat does a transfer abroad cost?\nWhat does a lost debit card cost?\nWhen does a transfer abroad arrive?\n'
const CELL = '/console/thresholds/cell?form=quoted&topic=*&channel=*&tier=*'

let house: TemporaryPortal
let folder: string
beforeEach(async () => {
  house = await temporaryPortal()
  folder = mkdtempSync(join(tmpdir(), 'vouch-again-'))
})
afterEach(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

async function staff(name: string, roles: Role[]) {
  house.context.store.staff.create({ name, passwordHash: await hashPassword(PASSWORD), roles }, 'system')
  const agent = request.agent(house.url)
  await agent.post('/console/sign-in').type('form').send({ name, password: PASSWORD }).expect(303)
  return agent
}
type Agent = Awaited<ReturnType<typeof staff>>

/** Takes the questions in, waits for their quotations, and judges them all. */
async function judgedQuestions(agent: Agent, said = 'right') {
  const { headers } = await agent.post('/console/judging/upload').attach('file', Buffer.from(CSV), 'past.csv').expect(303)
  const choice = { column: 'question', own: '', form: 'quoted', channel: 'portal', tier: 'standard', number: '10', double: '0' }
  await agent.post(String(headers['location'])).type('form').send(choice).expect(303)
  await vi.waitFor(() => expect(house.context.store.imports.list()[0]?.state).toBe('done'), 20_000)
  await judgeAll(agent, said)
}

/** How many came to be judged. */
async function judgeAll(agent: Agent, said: string): Promise<number> {
  for (let n = 0; ; n++) {
    const { text } = await agent.get('/console/judging/item').expect(200)
    const action = /action="(\/console\/judging\/item\/[^"]+)"/.exec(text)?.[1]
    if (!action) return n
    await agent.post(action).type('form').send({ said, ms: '1200' }).expect(303)
  }
}

/** The article about transfers has another figure from now on; the one about cards stays as it is. */
async function mend(): Promise<void> {
  const text = 'A transfer abroad costs £15 for each payment. It arrives in three working days.'
  writeFileSync(join(folder, 'transfer.md'), `---\ntitle: What a transfer abroad costs\n---\n# What a transfer abroad costs\n\n${text}\n`)
  await house.context.knowledge.ingest([folder], { actor: 'system', retireMissing: false })
}

async function askAgain(agent: Agent): Promise<string> {
  const { headers } = await agent.post('/console/thresholds/again').type('form').send({ form: 'quoted' }).expect(303)
  const page = String(headers['location'])
  await vi.waitFor(() => expect(house.context.store.rounds.get(page.split('/').at(-1)!)?.state).toBe('done'), 20_000)
  return page
}

const eligible = () => house.context.store.labels.scored({ form: 'quoted', source: 'import' }).filter((a) => a.eligible).length

test('after an article changed the questions are asked again at a click: what stayed the same keeps its judgement, the rest is judged anew', async () => {
  const ann = await staff('ann', ['admin'])
  await judgedQuestions(ann)
  const all = eligible()
  expect(all).toBeGreaterThan(1)
  expect((await ann.get(CELL)).text).not.toContain('asked again')
  await mend()
  const { text } = await ann.get(CELL).expect(200)
  expect(text).toContain('3 questions can be asked again')
  const page = await askAgain(ann)
  const changed = house.context.store.rounds.leftToJudge('staff:nobody')
  expect(changed).toBeGreaterThan(0)
  expect(changed).toBeLessThan(all)
  expect((await ann.get(CELL)).text).toContain(
    `${all - changed} of ${all} answers are unchanged and keep their judgement; ${changed} to judge again`,
  )
  expect((await ann.get(page).expect(200)).text).toContain('keep their judgement')
  expect(await judgeAll(ann, 'wrong')).toBe(changed)
  const { sample } = house.context.proof.readiness({ topic: '*', channel: '*', tier: '*', form: 'quoted' })
  expect(sample).toMatchObject({ rows: { length: all }, waiting: 0 })
  expect(sample.rows.filter((row) => row.right)).toHaveLength(all - changed)
  expect((await ann.get('/console/judging')).text).toContain('Asked again after a change')
  expect(house.context.store.log.verify()).toBeNull()
})

test('asked twice without a further change it is the same round', async () => {
  const ann = await staff('ann', ['admin'])
  await judgedQuestions(ann)
  await mend()
  const page = await askAgain(ann)
  expect(await askAgain(ann)).toBe(page)
  expect(house.context.store.rounds.list()).toHaveLength(1)
})

test('what was wrong and is mended counts as wrong, comes to nobody, and the page says why', async () => {
  const ann = await staff('ann', ['admin'])
  await judgedQuestions(ann, 'wrong')
  await mend()
  await askAgain(ann)
  expect(await judgeAll(ann, 'right')).toBe(0)
  const { text } = await ann.get(CELL)
  expect(text).toContain('They count as wrong here')
  const { sample } = house.context.proof.readiness({ topic: '*', channel: '*', tier: '*', form: 'quoted' })
  expect(sample.rows).toHaveLength(eligible())
  expect(sample.rows.some((row) => row.right)).toBe(false)
})

test('overtaken by a further change it ends, says so, and cannot go on', async () => {
  const ann = await staff('ann', ['admin'])
  await judgedQuestions(ann)
  await mend()
  const page = await askAgain(ann)
  await house.context.knowledge.retire(['fees'], 'system')
  expect((await ann.get(page)).text).toContain('no longer those of today')
  await ann.post(`${page}/go-on`).expect(409)
  expect(await askAgain(ann)).not.toBe(page)
})

test('only admins may ask again; who judges may look', async () => {
  const ann = await staff('ann', ['admin'])
  const rex = await staff('rex', ['reviewer'])
  await ann.post('/console/thresholds/again').type('form').send({ form: 'quoted' }).expect(400)
  await judgedQuestions(ann)
  await mend()
  await rex.post('/console/thresholds/again').type('form').send({ form: 'quoted' }).expect(403)
  const page = await askAgain(ann)
  await rex.get(page).expect(200)
  await rex.post(`${page}/stop`).expect(403)
  await ann.post(`${page}/stop`).expect(303)
})
