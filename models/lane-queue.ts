/** Who is served next: customers before staff before background, first come first served within a lane. */
import { BusyError } from './errors.ts'
import type { Lane } from './types.ts'

const ORDER: readonly Lane[] = ['customer', 'staff', 'background']
/** Weight of the newest measurement in the running mean of how long a request takes. */
const NEWEST = 0.2

export class LaneQueue<T> {
  readonly #lanes: Record<Lane, T[]> = { customer: [], staff: [], background: [] }
  readonly #limit: number
  #meanMs = 5_000

  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return ORDER.reduce((sum, lane) => sum + this.#lanes[lane].length, 0)
  }

  /** Requests of less urgent lanes neither delay an entry nor take its place. Throws BusyError when the queue is full for this lane. */
  add(lane: Lane, item: T): void {
    const ahead = this.#ahead(lane)
    if (ahead >= this.#limit) throw new BusyError((ahead + 1) * this.#meanMs)
    this.#lanes[lane].push(item)
  }

  /** What was taken and could not be finished goes back to the front of its lane, however full that is. */
  putBack(lane: Lane, item: T): void {
    this.#lanes[lane].unshift(item)
  }

  take(): T | undefined {
    for (const lane of ORDER) if (this.#lanes[lane].length > 0) return this.#lanes[lane].shift()
    return undefined
  }

  remove(item: T): boolean {
    for (const lane of ORDER) {
      const at = this.#lanes[lane].indexOf(item)
      if (at >= 0) return this.#lanes[lane].splice(at, 1).length > 0
    }
    return false
  }

  drain(): T[] {
    return ORDER.flatMap((lane) => this.#lanes[lane].splice(0))
  }

  /** Tells how long a request took, for the estimate in BusyError. */
  measured(ms: number): void {
    this.#meanMs += NEWEST * (ms - this.#meanMs)
  }

  #ahead(lane: Lane): number {
    return ORDER.slice(0, ORDER.indexOf(lane) + 1).reduce((sum, other) => sum + this.#lanes[other].length, 0)
  }
}
