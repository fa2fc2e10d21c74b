import type { VNode } from 'preact'
import type { ConversationState } from '../../server/conversation-types.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { texts } from '../texts/en.ts'
import { MESSAGE_LIMIT } from './talk.ts'

interface Props {
  /** Id, `new` for one that is to begin, or empty for the newest there is. */
  conversation: string
  state: ConversationState
  /** What was typed before and could not be taken. */
  text?: string
  problem?: string | null
}

/** Where the customer writes. Nothing that arrives ever touches the text; `portal.js` empties it once the house has it. */
export function Composer({ conversation, state, text = '', problem = null }: Props): VNode {
  return (
    <form id="composer" class="composer" method="post" action="/messages" hx-post="/messages" hx-swap="none" data-limit={MESSAGE_LIMIT}>
      <Standing state={state} />
      <Problem text={problem} />
      <ConversationField value={conversation} />
      <div class="composer-box">
        <label for="text" class="sr-only">
          {texts.portal.composer}
        </label>
        <textarea id="text" name="text" rows={1} placeholder={texts.portal.placeholder} autocomplete="off" aria-describedby="composer-note">
          {text}
        </textarea>
        <Button look="primary" icon="send" class="composer-send">
          {texts.portal.send}
        </Button>
      </div>
      <p class="composer-note" id="composer-note">
        <span>{texts.portal.private}</span> <span class="composer-keys">{texts.portal.keys}</span>{' '}
        <span id="count" class="composer-count" aria-live="polite" data-left={texts.portal.left} data-over={texts.portal.over} />
      </p>
      <p id="offline" hidden>
        {texts.problems.offline}
      </p>
      <p id="failed" hidden>
        {texts.problems.other}
      </p>
    </form>
  )
}

/** Which conversation the next message belongs to: its own element, so that it can change without touching what is typed. */
export function ConversationField({ value }: { value: string }): VNode {
  return <input type="hidden" id="conversation" name="conversation" value={value} />
}

/** Who reads what is written, when it is not the assistant. */
export function Standing({ state }: { state: ConversationState }): VNode {
  const words = {
    machine: '',
    waiting: texts.portal.waiting,
    person: texts.portal.withPerson,
    closed: texts.portal.closed,
  }[state]
  return (
    <p id="standing" class="standing" role="status">
      {words && (
        <>
          <Icon name={state === 'closed' ? 'bar' : 'person'} /> {words}
        </>
      )}
    </p>
  )
}

/** Why the last message could not be taken. The text stays in the box. */
export function Problem({ text }: { text: string | null }): VNode {
  return (
    <div id="composer-problem" class="problem" role="alert">
      {text && (
        <>
          <Icon name="triangle" />
          <p>{text}</p>
          <Button look="plain" small>
            {texts.problems.again}
          </Button>
        </>
      )}
    </div>
  )
}
