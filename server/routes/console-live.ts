/** Parts of pages that are sent again when something happened. The words go through the stream, so that looking on is no activity that keeps a session. */
import type { VNode } from 'preact'
import { renderPart } from '../../views/layout.tsx'
import { VouchError } from '../errors.ts'
import { stillIn } from '../people/sessions.ts'
import type { TurnEvent } from '../pipeline/turns.ts'
import type { StaffVisit } from './console-reply.ts'
import { openStream } from './sse.ts'

interface Live {
  /** The part as it is now; null: nothing to send. */
  render: () => VNode | null
  /** Whether this event may have changed it. */
  when: (event: TurnEvent) => boolean
  conversation?: string
  /** Also every so many ms, for what no event tells of. */
  everyMs?: number
  /** Called with each tick of `everyMs`, before rendering. */
  onTick?: () => void
  onEnd?: () => void
}

/** Several events at once make one frame. */
const GATHER_MS = 300

/** Streams until the reader leaves, may no longer look, or the session would have ended for want of use. */
export function live({ req, res, context, who }: StaffVisit, { render, when, conversation, everyMs, onTick, onEnd }: Live): void {
  const stream = openStream(res)
  let sent = ''
  let gathering: NodeJS.Timeout | null = null
  const send = () => {
    gathering = null
    if (!stillIn(context.store, req.headers.cookie, context.config, who)) return stream.end()
    const part = render()
    const html = part ? renderPart(part) : ''
    if (html !== sent) stream.send(null, html || '<span hidden></span>')
    sent = html
  }
  const guarded = (work: () => unknown) => () => {
    try {
      work()
    } catch (error) {
      // Nobody waits for this: thrown in a timer it would end the whole process, for the trouble of one page.
      if (!(error instanceof VouchError)) context.log.error({ err: error }, 'a part of a page could not be sent again')
    }
  }
  const soon = () => {
    gathering ??= setTimeout(guarded(send), GATHER_MS)
  }
  send()
  const stop = context.turns.watch(conversation ?? null, (event) => when(event) && soon())
  const tick = guarded(() => onTick?.())
  const again = guarded(send)
  const ticking = everyMs ? setInterval(() => (tick(), again()), everyMs) : null
  const ending = setTimeout(() => stream.end(), context.config.SESSION_IDLE_MINUTES * 60_000 + 1000)
  res.once('close', () => {
    stop()
    if (gathering) clearTimeout(gathering)
    if (ticking) clearInterval(ticking)
    clearTimeout(ending)
    onEnd?.()
  })
}
