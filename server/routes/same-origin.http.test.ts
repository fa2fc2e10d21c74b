import express from 'express'
import request from 'supertest'
import { expect, test } from 'vitest'
import { sameOrigin } from './same-origin.ts'

function site(publicUrl?: string) {
  const app = express()
  app.use(sameOrigin(publicUrl))
  app.all('/thing', (_req, res) => void res.send('done'))
  app.use(
    (error: { status: number }, _req: express.Request, res: express.Response, _next: express.NextFunction) =>
      void res.sendStatus(error.status),
  )
  return app
}

const post = (headers: Record<string, string>, publicUrl?: string) =>
  request(site(publicUrl)).post('/thing').set('Host', 'vouch.bank.example').set(headers)

test.each([
  ['a form of our own page', { 'Sec-Fetch-Site': 'same-origin' }],
  ['our own page over plain http, where browsers send only Origin', { Origin: 'http://vouch.bank.example' }],
  ['a program, which sends neither', {}],
])('%s is let in', async (_, headers) => {
  expect((await post(headers)).status).toBe(200)
})

test.each([
  ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
  ['another host of the same firm', { 'Sec-Fetch-Site': 'same-site' }],
  ['another site, told by Origin alone', { Origin: 'https://evil.example' }],
  ['another port of our host', { Origin: 'http://vouch.bank.example:8443' }],
  ['a sandboxed page', { Origin: 'null' }],
  ['a cross-site request with a forged Origin', { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://vouch.bank.example' }],
])('%s is refused', async (_, headers) => {
  expect((await post(headers)).status).toBe(403)
})

test('behind a proxy that changes the host, the public address counts as ours', async () => {
  expect((await post({ Origin: 'https://ask.bank.example' }, 'https://ask.bank.example')).status).toBe(200)
  expect((await post({ Origin: 'https://ask.bank.example' })).status).toBe(403)
})

test('reading is allowed from anywhere: links lead here', async () => {
  expect((await request(site()).get('/thing').set('Sec-Fetch-Site', 'cross-site')).status).toBe(200)
})
