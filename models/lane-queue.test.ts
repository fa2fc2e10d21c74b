import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BusyError } from './errors.ts'
import { LaneQueue } from './lane-queue.ts'
import type { Lane } from './types.ts'

const LANES: Lane[] = ['customer', 'staff', 'background']

describe('the queue of a model', () => {
  it('serves customers before staff before background, and each lane in order of arrival', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LANES), { maxLength: 50 }), (lanes) => {
        const queue = new LaneQueue<{ lane: Lane; i: number }>(100)
        lanes.forEach((lane, i) => queue.add(lane, { lane, i }))
        const served = Array.from({ length: lanes.length }, () => queue.take()!)
        const expected = LANES.flatMap((lane) => lanes.flatMap((other, i) => (other === lane ? [{ lane, i }] : [])))
        expect(served).toEqual(expected)
        expect(queue.take()).toBeUndefined()
      }),
    )
  })

  it('never turns a customer away because of waiting background work', () => {
    const queue = new LaneQueue<string>(2)
    queue.add('background', 'a')
    queue.add('background', 'b')
    expect(() => queue.add('background', 'c')).toThrow(BusyError)
    queue.add('customer', 'd')
    expect(queue.take()).toBe('d')
  })

  it('says how long to wait, from how long requests took', () => {
    const queue = new LaneQueue<string>(1)
    for (let i = 0; i < 60; i++) queue.measured(1_000)
    queue.add('customer', 'a')
    try {
      queue.add('customer', 'b')
      expect.unreachable()
    } catch (error) {
      expect((error as BusyError).waitMs).toBeGreaterThan(1_900)
      expect((error as BusyError).waitMs).toBeLessThan(2_100)
    }
  })

  it('gives back what it was told to forget only once', () => {
    const queue = new LaneQueue<string>(5)
    queue.add('staff', 'a')
    queue.putBack('staff', 'first')
    expect(queue.remove('a')).toBe(true)
    expect(queue.remove('a')).toBe(false)
    expect(queue.drain()).toEqual(['first'])
    expect(queue.size).toBe(0)
  })
})
