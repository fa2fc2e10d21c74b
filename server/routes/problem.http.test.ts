import express from 'express'
import request from 'supertest'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { busy } from '../errors.ts'
import { createLogger } from '../log.ts'
import { readFields } from './body.ts'
import { problemHandler } from './problem.ts'

/** A house whose every route fails in the given way. */
function failing(fail: (req: express.Request) => unknown) {
  const app = express()
  app.use(express.json({ limit: 100 }))
  app.all('/{*any}', (req) => {
    throw fail(req)
  })
  app.use(
    problemHandler(createLogger('silent'), (_req, res, problem) => {
      res.status(problem.status).type('html').send(`<h1>${problem.title}</h1>`)
    }),
  )
  return app
}

test('a program gets a problem document, with when to come back', async () => {
  const { status, headers, body, type } = await request(failing(() => busy('All are busy.', 7)))
    .get('/api/v1/x')
    .set('Accept', '*/*')
  expect({ status, body, type, wait: headers['retry-after'] }).toEqual({
    status: 503,
    type: 'application/problem+json',
    wait: '7',
    body: { type: 'urn:vouch:problem:busy', title: 'Not available at the moment', status: 503, detail: 'All are busy.' },
  })
})

test('a person gets a page', async () => {
  const { status, text } = await request(failing(() => busy('All are busy.', 7)))
    .get('/console')
    .set('Accept', 'text/html')
  expect({ status, text }).toEqual({ status: 503, text: '<h1>Not available at the moment</h1>' })
})

test('what is wrong with a body is named field by field, all at once', async () => {
  const schema = z.object({ text: z.string().min(1), pairs: z.array(z.object({ claim: z.string() })) })
  const app = failing((req) => {
    readFields(schema, req.body)
    return new Error('not reached')
  })
  const { status, body } = await request(app)
    .post('/api/v1/x')
    .send({ text: '', pairs: [{ claim: 3 }] })
  expect(status).toBe(422)
  expect(body.errors.map((one: { field: string }) => one.field)).toEqual(['text', 'pairs.0.claim'])
})

test('an unexpected error says nothing of the inside', async () => {
  const { status, text } = await request(failing(() => new Error('no such table: customers'))).get('/api/v1/x')
  expect(status).toBe(500)
  expect(text).not.toContain('customers')
})

test.each([
  ['broken JSON', '{"text": ', 400],
  ['a body above the limit', JSON.stringify({ text: 'x'.repeat(200) }), 413],
])('%s is the fault of who sent it', async (_, body, status) => {
  const answer = await request(failing(() => new Error('not reached')))
    .post('/api/v1/x')
    .type('json')
    .send(body)
  expect(answer.status).toBe(status)
})
