/**
 * What happens in a conversation, as it happens. Each event carries the thread as it is on the record now, so a page that missed
 * some (reload, a second tab, a lost connection) is whole again with the next.
 */
import type { VNode } from 'preact'
import { z } from 'zod'
import { Partial, renderPart } from '../../views/layout.tsx'
import { Standing } from '../../views/portal/composer.tsx'
import { Progress } from '../../views/portal/progress.tsx'
import { Thread } from '../../views/portal/thread.tsx'
import type { Context } from '../context.ts'
import type { Conversation } from '../conversation-types.ts'
import type { Customer } from '../types.ts'
import { readFields } from './body.ts'
import { ownConversation, talkOf } from './portal-talk.ts'
import type { Visit } from './route.ts'
import { openStream } from './sse.ts'

const Asked = z.object({ conversation: z.string() })

export function watchConversation({ req, res, context, who }: Visit<Customer>): void {
  const conversation = ownConversation(context, who, readFields(Asked, req.query).conversation)
  const stream = openStream(res)
  const sent = new Map<string, string>()
  const show = (): void => {
    const changed = partsOf(context, conversation).filter(({ target, key }) => sent.get(target) !== key)
    for (const { target, key } of changed) sent.set(target, key)
    if (changed.length > 0)
      stream.send(null, changed.map(({ target, part }) => renderPart(<Partial target={target}>{part}</Partial>)).join('\n'))
  }
  show()
  const stop = context.turns.watch(conversation.id, show)
  res.once('close', stop)
}

/** `key` changes when the part says something new; messages never change once they are said. */
function partsOf(context: Context, conversation: Conversation): { target: string; key: string; part: VNode }[] {
  const talk = talkOf(context, conversation)
  const { state } = talk.conversation ?? conversation
  const { running, messages } = talk
  return [
    { target: '#thread', key: String(messages.length), part: <Thread talk={talk} /> },
    { target: '#progress', key: running ? `${running.turn} ${running.stage}` : '', part: <Progress running={running} /> },
    { target: '#standing', key: state, part: <Standing state={state} /> },
  ]
}
