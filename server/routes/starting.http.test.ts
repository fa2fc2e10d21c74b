import { createServer } from 'node:http'
import request from 'supertest'
import { expect, test } from 'vitest'
import { notYet } from './starting.ts'

test('while it starts, people are told in a sentence and programs in the words of the API', async () => {
  const server = createServer(notYet)
  const program = await request(server).post('/api/v1/conversations').expect(503)
  expect(program.headers).toMatchObject({ 'retry-after': '5', 'content-type': 'application/problem+json' })
  expect(program.body).toMatchObject({ status: 503, type: 'urn:vouch:problem:starting' })
  expect((await request(server).get('/').expect(503)).text).toContain('Vouch is starting')
})
