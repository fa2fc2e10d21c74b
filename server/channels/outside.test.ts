import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import { createServer as createTcp, type AddressInfo, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Message } from '../conversation-types.ts'
import { Undeliverable } from './channel.ts'
import { email } from './email.ts'
import { signatureOf, webhook } from './webhook.ts'

let server: Server | HttpServer | null = null
afterEach(async () => {
  if (!server) return
  const closed = once(server, 'close')
  server.close()
  await closed
  server = null
})

const MESSAGE: Message = {
  id: 'msg_1',
  conversation: 'conv_1',
  seq: 3,
  author: 'staff',
  kind: 'notice',
  turn: null,
  text: 'What is right: It costs £12.',
  sentences: [],
  citations: [],
  verdict: null,
  form: null,
  by: 'Ben',
  at: 0,
  feedback: null,
  corrects: ['msg_0'],
}
const SECRET = 'sixteen characters'

async function listening(made: Server | HttpServer): Promise<number> {
  server = made.listen(0, '127.0.0.1')
  await once(made, 'listening')
  return (made.address() as AddressInfo).port
}

test('a webhook is posted signed, with the same key at every attempt, and anything but success is tried again', async () => {
  const got: { headers: Record<string, unknown>; body: string }[] = []
  const port = await listening(
    createServer((req, res) => {
      let body = ''
      req.setEncoding('utf8').on('data', (part: string) => (body += part))
      req.on('end', () => {
        got.push({ headers: req.headers, body })
        res.writeHead(got.length === 1 ? 500 : 204).end()
      })
    }),
  )
  const way = webhook({ url: `http://127.0.0.1:${port}/`, secret: SECRET, clock: () => 5000, subjectOf: () => 'customer-7' })
  await expect(way.deliver(MESSAGE, '42')).rejects.toThrow('500')
  await way.deliver(MESSAGE, '42')
  for (const { headers, body } of got) {
    expect(headers).toMatchObject({ 'idempotency-key': '42', 'vouch-signature': signatureOf(body, SECRET, 5000) })
    expect(JSON.parse(body)).toMatchObject({ customer: 'customer-7', message: { id: 'msg_1', corrects: ['msg_0'] } })
  }
  expect(signatureOf('{}', SECRET, 5000)).not.toBe(signatureOf('{}', 'another sixteen', 5000))
})

test('a mail has the letter, and the same Message-ID at every attempt', async () => {
  const mails: string[] = []
  const port = await listening(smtp((mail) => mails.push(mail)))
  const way = email({
    url: `smtp://127.0.0.1:${port}`,
    from: 'bank@example.com',
    letterOf: ({ text }) => ({ to: 'ann@example.com', subject: 'A correction', text }),
  })
  await way.deliver(MESSAGE, '42')
  await way.deliver(MESSAGE, '42')
  expect(mails).toHaveLength(2)
  for (const mail of mails) {
    expect(mail).toContain('To: ann@example.com')
    expect(mail).toContain('Message-ID: <msg_1.42@vouch.invalid>')
    expect(mail).toContain('=C2=A312')
  }
})

test('what is kept of a mail that was refused does not name the address', async () => {
  const port = await listening(smtp(() => undefined, '550 5.1.1 <ann@example.com> is unknown here'))
  const letter = { to: 'ann@example.com', subject: 'A correction', text: 'It costs £12.' }
  const way = email({ url: `smtp://127.0.0.1:${port}`, from: 'bank@example.com', letterOf: () => letter })
  const refused: unknown = await way.deliver(MESSAGE, '42').catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Undeliverable)
  expect(String(refused)).toContain('550')
  expect(String(refused)).not.toContain('ann')
})

test('a mail server that is busy, or does not know the sender, is asked again', async () => {
  const letter = { to: 'ann@example.com', subject: 'A correction', text: 'It costs £12.' }
  for (const reply of ['451 4.3.2 try later', '535 5.7.8 authentication failed']) {
    const port = await listening(smtp(() => undefined, reply))
    const way = email({ url: `smtp://127.0.0.1:${port}`, from: 'bank@example.com', letterOf: () => letter })
    const refused: unknown = await way.deliver(MESSAGE, '42').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Error)
    expect(refused).not.toBeInstanceOf(Undeliverable)
    server?.close()
  }
})

/** As much of a mail server (RFC 5321) as one plain mail needs. `refusal`: what it says to every recipient. */
function smtp(onMail: (mail: string) => void, refusal?: string): Server {
  return createTcp((socket) => {
    let mail: string | null = null
    let rest = ''
    socket.write('220 test\r\n')
    socket.setEncoding('utf8').on('data', (part: string) => {
      const lines = (rest + part).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (mail !== null && line !== '.') mail += `${line}\n`
        else if (mail !== null) {
          onMail(mail)
          mail = null
          socket.write('250 kept\r\n')
        } else if (line === 'DATA') {
          mail = ''
          socket.write('354 go on\r\n')
        } else if (refusal && line.startsWith('RCPT')) socket.write(`${refusal}\r\n`)
        else if (line === 'QUIT') socket.end('221 bye\r\n')
        else socket.write('250 ok\r\n')
      }
    })
  })
}
