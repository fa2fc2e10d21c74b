import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

const raise = (key: string, kind: 'alarm' | 'note' = 'note') =>
  at.store.notices.raise({ key, kind, text: `About ${key}`, href: '/console/thresholds' })

test('one notice a matter, alarms first, until it ends or somebody dismisses it', () => {
  const { notices } = at.store
  raise('first', 'alarm')
  at.pass(1)
  raise('second')
  raise('first', 'alarm')
  expect(notices.open().map((n) => n.key)).toEqual(['first', 'second'])
  const [first] = notices.open()
  notices.seen(first!.id, 'staff:1')
  notices.seen(first!.id, 'staff:2')
  expect(notices.open()[0]).toMatchObject({ seenBy: 'staff:1', seenAt: at.now(), roles: [] })
  notices.dismiss(first!.id, 'staff:2')
  expect(() => notices.dismiss(first!.id, 'staff:2')).toThrow(/no such notice/)
  expect(at.store.log.tail()).toMatchObject({ type: 'notice.dismissed', actor: 'staff:2' })
  notices.end('second')
  notices.end('second')
  expect(notices.open()).toEqual([])
  raise('first')
  expect(notices.open()).toEqual([])
  notices.end('first')
  raise('first')
  expect(notices.open()).toHaveLength(1)
})
