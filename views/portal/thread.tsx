import type { VNode } from 'preact'
import type { Message } from '../../server/conversation-types.ts'
import { texts } from '../texts/en.ts'
import { MessageItem } from './message.tsx'
import { Progress } from './progress.tsx'
import type { Talk } from './talk.ts'
import { href } from './address.ts'

/** Tries again after 0.5 s, 1 s, 2 s … at most every 8 s. */
const RECONNECT = 'sse.reconnectMaxDelay:8s'

/** Everything that is said, what is under way, and the connection that brings what comes. Replaced as a whole: whatever was missed is there again. */
export function Conversation({ talk }: { talk: Talk }): VNode {
  const { conversation } = talk
  return (
    <div id="talk" class="talk">
      <h1 class="sr-only">{texts.portal.thread}</h1>
      <Thread talk={talk} />
      <Progress running={talk.running} />
      {conversation && <div id="live" {...{ 'hx-sse:connect': href.events(conversation.id), 'hx-swap': 'none', 'hx-config': RECONNECT }} />}
      <p class="lost" id="lost" role="status" hidden>
        {texts.problems.lost}
      </p>
    </div>
  )
}

export function Thread({ talk: { messages, now } }: { talk: Talk }): VNode {
  return (
    <div id="thread" class="thread" role="log" aria-label={texts.portal.thread}>
      {messages.map((message, i) => (
        <MessageItem
          key={message.id}
          message={message}
          now={now}
          answerTo={questionElsewhere(message, messages.slice(0, i))}
          last={i === messages.length - 1}
          settled={message.verdict === 'hold' && message.kind === 'notice' && decided(messages, message)}
        />
      ))}
    </div>
  )
}

/** The question of an answer's turn, unless it is the last thing that the customer wrote before it. */
function questionElsewhere(message: Message, before: Message[]): Message | null {
  if (message.author === 'customer' || message.kind !== 'answer' || message.turn === null) return null
  const question = before.find((one) => one.author === 'customer' && one.turn === message.turn)
  const last = before.findLast((one) => one.author === 'customer')
  return question && last && question.id !== last.id ? question : null
}

function decided(messages: Message[], held: Message): boolean {
  return messages.some((one) => one.turn === held.turn && one.seq > held.seq && one.kind === 'answer')
}
