/** Whether the record can be written. Any failed write closes the latch; only a probe that passes opens it. */
export class Latch {
  #closed: { since: number; why: string } | null = null
  #refused = 0
  #later: (() => void)[] = []
  #opened: (() => void)[] = []

  closed(): { since: number; why: string } | null {
    return this.#closed
  }

  close(since: number, why: string): void {
    this.#closed ??= { since, why }
  }

  noteRefused(): void {
    this.#refused++
  }

  /** What happened while nothing could be written, to be recorded first thing afterwards. */
  later(write: () => void): void {
    this.#later.push(write)
  }

  /** To be done once that is recorded. */
  opened(act: () => void): void {
    this.#opened.push(act)
  }

  meanwhile(): { refused: number; later: readonly (() => void)[] } {
    return { refused: this.#refused, later: this.#later }
  }

  open(): void {
    this.#closed = null
    this.#refused = 0
    this.#later = []
    for (const act of this.#opened.splice(0)) act()
  }
}
