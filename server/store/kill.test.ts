import { expect, test } from 'vitest'
import { linesUntilKilled } from './killing.fixture.ts'
import { temporaryStore } from './temporary-store.ts'

interface Seen {
  turn: string
  seq: number
  answer: string
}

const ANSWERING = new URL('answering.fixture.ts', import.meta.url)

test('whatever answer was seen before the process was killed is in the log, and the log is whole', { timeout: 60_000 }, async () => {
  let at = temporaryStore()
  const seen: Seen[] = []
  for (let round = 0; round < 4; round++) {
    at.store.close()
    const lines = await linesUntilKilled(ANSWERING, at, Math.random() * 300, 3)
    seen.push(...lines.map((line) => JSON.parse(line) as Seen))
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
