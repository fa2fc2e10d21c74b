/** Server-sent events (HTML living standard, §9.2). Nothing else in the house writes a frame. */
import type { Response } from 'express'

export interface EventStream {
  /** `event` null: one without a name, which htmx swaps into the page. */
  send(event: string | null, data: string): void
  end(): void
}

const HEARTBEAT_MS = 15_000

/** Begins a stream; a comment every 15 s keeps proxies from cutting it. Stops by itself when the reader leaves. */
export function openStream(res: Response): EventStream {
  res.status(200)
  res.set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
  res.flushHeaders()
  const heartbeat = setInterval(() => res.write(': still here\n\n'), HEARTBEAT_MS)
  heartbeat.unref()
  res.once('close', () => clearInterval(heartbeat))
  return {
    send: (event, data) => {
      if (!res.destroyed && !res.writableEnded) res.write(sseFrame(event, data))
    },
    end: () => {
      clearInterval(heartbeat)
      res.end()
    },
  }
}

/** One event. Every line of the data gets a `data:` of its own: a bare line break in a customer's words could forge an event. */
export function sseFrame(event: string | null, data: string): string {
  if (event !== null && /[\r\n\0]/.test(event)) throw new Error('An event name has no line breaks.')
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`)
  return `${event === null ? '' : `event: ${event}\n`}${lines.join('')}\n`
}
