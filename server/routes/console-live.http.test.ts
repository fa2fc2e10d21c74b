import { once } from 'node:events'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { h } from 'preact'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordUnavailable } from '../errors.ts'
import { live } from './console-live.ts'
import { sessionCookie, startSession } from '../people/sessions.ts'
import type { Store } from '../store/types.ts'
import { temporaryPortal, type TemporaryPortal } from './temporary-portal.ts'

let house: TemporaryPortal
beforeEach(async () => {
  house = await temporaryPortal()
  house.sendFrom(0)
})
afterEach(() => house.close())

test('a live part goes on when a tick fails, as while the record can’t be written, and when it could not be drawn once', async () => {
  let drawn = 0
  const { context } = house
  const who = context.store.staff.create({ name: 'maya', passwordHash: 'x', roles: ['reviewer'] }, 'system')
  const cookie = sessionCookie(startSession(context.store, who.id), context.config)
  const app = express().get('/', (req, res) =>
    live(
      { req, res, context, who },
      {
        render() {
          if (++drawn === 2) throw new Error('could not be read')
          return h('p', null, `drawn ${drawn}`)
        },
        when: () => false,
        everyMs: 5,
        onTick() {
          throw recordUnavailable()
        },
      },
    ),
  )
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const [stream] = (await once(get({ port: (server.address() as AddressInfo).port, headers: { cookie } }), 'response')) as [IncomingMessage]
  let seen = ''
  stream.setEncoding('utf8').on('data', (part: string) => (seen += part))
  await expect.poll(() => seen, { timeout: 20_000 }).toContain('drawn 4')
  stream.destroy()
  server.close()
})

test.each<[string, (staff: Store['staff'], id: string) => void]>([
  ['is deactivated', (staff, id) => staff.setActive(id, false, 'system')],
  ['loses the role', (staff, id) => staff.setRoles(id, ['editor'], 'system')],
  ['gets another password', (staff, id) => staff.setPassword(id, 'y', 'system')],
])('who %s sees nothing more on a page that is still open', async (_, change) => {
  const { context, url } = house
  const { store, config } = context
  const { id } = store.staff.create({ name: 'maya', passwordHash: 'x', roles: ['reviewer'] }, 'system')
  const cookie = sessionCookie(startSession(store, id), config).split(';')[0]!
  const [stream] = (await once(get(`${url}/console/live/stream`, { headers: { cookie } }), 'response')) as [IncomingMessage]
  let [seen, ended] = ['', false]
  stream
    .setEncoding('utf8')
    .on('data', (part: string) => (seen += part))
    .on('end', () => (ended = true))
  expect(stream.statusCode).toBe(200)
  await expect.poll(() => seen).toContain('data:')
  change(store.staff, id)
  const customer = store.customers.create('standard', 'system').id
  const conversation = store.conversations.create({ customer, channel: 'portal', tier: 'standard' }).id
  await context.turns.ask({ conversation, text: 'What does a transfer abroad cost?' }).done
  await expect.poll(() => ended).toBe(true)
  expect(seen).not.toContain('transfer abroad')
})

test('a page that fails when it is told of something stops neither the turn nor the other pages', async () => {
  const { store, turns } = house.context
  const customer = store.customers.create('standard', 'system').id
  const { id } = store.conversations.create({ customer, channel: 'portal', tier: 'standard' })
  turns.watch(null, () => {
    throw new Error('could not be drawn')
  })
  const heard: string[] = []
  turns.watch(id, ({ type }) => void heard.push(type))
  const { turn, done } = turns.ask({ conversation: id, text: 'What does a transfer abroad cost?' })
  await done
  expect(store.turns.get(turn?.id ?? '')?.state).toBe('done')
  expect(heard).toContain('message')
})
