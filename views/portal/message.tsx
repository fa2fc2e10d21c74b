import type { VNode } from 'preact'
import type { Message } from '../../server/conversation-types.ts'
import { Icon } from '../components/icon.tsx'
import type { IconName } from '../components/icon.tsx'
import { PlainText } from '../components/text.tsx'
import { Time } from '../components/time.tsx'
import { texts } from '../texts/en.ts'
import { Answer } from './answer.tsx'
import { Feedback } from './feedback.tsx'
import { ReportLink } from './report.tsx'

interface Props {
  message: Message
  now: number
  /** The question that it answers, where another one stands in between. */
  answerTo: Message | null
  /** A notice that an answer is being checked, after that answer has come. */
  settled: boolean
  /** Nothing was said after it: what it asks is still open. */
  last: boolean
}

/** One message of the thread. The same for the page and for what arrives later. */
export function MessageItem({ message, now, answerTo, settled, last }: Props): VNode {
  return (
    <article
      id={`message-${message.id}`}
      class={`message message-${message.author} message-${message.kind}${message.correctedBy ? ' message-wrong' : ''}${message.corrects ? ' message-correction' : ''}`}
    >
      <header class="message-head">
        <h2 class="message-by">{authorOf(message)}</h2>
        {message.author === 'vouch' && message.kind === 'answer' && message.by !== null && (
          <span class="message-checked">
            <Icon name="check-circle" /> {texts.answer.approved}
          </span>
        )}
        <Time at={message.at} now={now} />
      </header>
      {answerTo && (
        <p class="answer-to">
          {texts.portal.answerTo} <a href={`#message-${answerTo.id}`}>{excerpt(answerTo.text)}</a>
        </p>
      )}
      <Tie message={message} />
      {message.correctedBy ? (
        <del class="was-wrong">
          <Body message={message} settled={settled} />
        </del>
      ) : (
        <Body message={message} settled={settled} />
      )}
      {last && <Choices message={message} />}
      {message.author === 'vouch' && message.kind === 'answer' && !message.correctedBy && (
        <div class="under-answer">
          <Feedback message={message.id} value={message.feedback} />
          <ReportLink message={message.id} />
        </div>
      )}
    </article>
  )
}

/** An answer that was wrong leads to what puts it right, and that back to the answer. */
function Tie({ message: { correctedBy, corrects } }: { message: Message }): VNode | null {
  const { correction } = texts
  if (correctedBy)
    return (
      <p class="tie tie-wrong">
        <Icon name="cross" /> {correction.wasWrong} <a href={`#message-${correctedBy}`}>{correction.seeRight}</a>
      </p>
    )
  if (!corrects) return null
  return (
    <p class="tie">
      <Icon name="info" /> <strong>{correction.title}.</strong> {correction.of}{' '}
      {corrects.map((id, i) => (
        <>
          {i > 0 && ', '}
          <a href={`#message-${id}`}>{correction.ofAnswer}</a>
        </>
      ))}
      .
    </p>
  )
}

function authorOf({ author, by }: Message): string {
  if (author === 'customer') return texts.portal.you
  return author === 'staff' ? (by ?? texts.portal.colleague) : texts.portal.assistant
}

function Body({ message, settled }: { message: Message; settled: boolean }): VNode {
  if (message.author !== 'vouch') return <PlainText text={message.text} class="said" />
  if (message.kind === 'answer') return <Answer message={message} />
  return (
    <div class={`notice notice-${message.verdict ?? 'plain'}${settled ? ' notice-settled' : ''}`}>
      <Icon name={signOf(message, settled)} />
      <PlainText text={settled ? texts.portal.heldDone : message.text} />
    </div>
  )
}

/** What is meant by words with two readings, as a press of a button. */
function Choices({ message }: { message: Message }): VNode | null {
  const asked = message.kind === 'notice' && Object.values(texts.notices.askBack).find((one) => one.text === message.text)
  if (!asked) return null
  return (
    <ul class="examples choices">
      {asked.choices.map((choice) => (
        <li key={choice}>
          <button type="submit" form="composer" name="example" value={choice} class="example">
            <span>{choice}</span>
            <Icon name="arrow" />
          </button>
        </li>
      ))}
    </ul>
  )
}

function signOf({ verdict }: Message, settled: boolean): IconName {
  if (verdict === 'hold') return settled ? 'check' : 'clock'
  return verdict === 'escalate' ? 'person' : 'info'
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= 90 ? `“${line}”` : `“${line.slice(0, 88).trimEnd()}…”`
}
