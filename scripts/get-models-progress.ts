/** One line that says how far a download is: rewritten in a terminal, every few seconds elsewhere. */

const MIB = 1024 * 1024
const EVERY_MS = process.stderr.isTTY ? 250 : 5_000

export class Progress {
  readonly #total: number
  readonly #began = Date.now()
  #got = 0
  #atBegin: number | null = null
  #lastShown = 0
  #shown = false

  /** @param total bytes of everything that is fetched */
  constructor(total: number) {
    this.#total = total
  }

  /** Bytes so far of everything, and what is being fetched. What was there when it began (a resumed file) doesn't count as speed. */
  update(got: number, what: string): void {
    this.#atBegin ??= got
    this.#got = Math.max(this.#got, Math.min(got, this.#total))
    if (Date.now() - this.#lastShown < EVERY_MS) return
    this.#lastShown = Date.now()
    this.#shown = true
    const line = `  ${progressLine(this.#got, this.#total, this.#got - this.#atBegin, Date.now() - this.#began)}  ${what}`
    process.stderr.write(process.stderr.isTTY ? `\r\u001B[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}` : `${line}\n`)
  }

  end(): void {
    if (this.#shown && process.stderr.isTTY) process.stderr.write('\r\u001B[2K')
  }
}

/** `412 of 1066 MiB, 39 %, about 2 min left`. `fetched` bytes came in the last `ms`. */
export function progressLine(got: number, total: number, fetched: number, ms: number): string {
  const percent = total > 0 ? Math.floor((100 * got) / total) : 100
  const known = fetched > 0 && ms > 2_000
  const left = known ? `, ${duration(((total - got) / fetched) * ms)} left` : ''
  return `${Math.floor(got / MIB)} of ${Math.ceil(total / MIB)} MiB, ${percent} %${left}`
}

export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 90 ? `about ${seconds} s` : `about ${Math.ceil(seconds / 60)} min`
}
