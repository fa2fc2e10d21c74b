import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryStore } from './temporary-store.ts'

interface Seen {
  turn: string
  seq: number
  answer: string
}

test('whatever answer was seen before the process was killed is in the log, and the log is whole', { timeout: 60_000 }, async () => {
  let at = temporaryStore()
  const seen: Seen[] = []
  for (let round = 0; round < 4; round++) {
    at.store.close()
    seen.push(...(await answerUntilKilled(at.dataDir, at.keysDir, Math.random() * 300)))
    at = at.reopen()
    expect(at.store.log.verify()).toBeNull()
    expect(at.store.latched()).toBeNull()
  }
  expect(seen.length).toBeGreaterThan(10)
  for (const { turn, seq, answer } of seen) {
    expect(at.store.log.entries(seq, 1)[0]).toMatchObject({ type: 'turn.recorded', turn })
    const { conversation } = at.store.turns.get(turn)!
    expect(at.store.conversations.messages(conversation).at(-1)?.text).toBe(answer)
    expect(at.store.turns.trace(turn)?.decision.text).toBe(answer)
  }
  at.remove()
})

/** Lines that came whole out of the process before it was killed, at some moment after its first answer. */
async function answerUntilKilled(dataDir: string, keysDir: string, ms: number): Promise<Seen[]> {
  const file = fileURLToPath(new URL('answering.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', file, dataDir, keysDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (out === '') setTimeout(() => child.kill('SIGKILL'), ms)
    out += text
  })
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Seen)
}
