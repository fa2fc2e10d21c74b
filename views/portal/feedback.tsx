import type { VNode } from 'preact'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { texts } from '../texts/en.ts'
import { href } from './address.ts'

interface Props {
  message: string
  value: 'up' | 'down' | null
  /** Straight after a thumb down: asks what was wrong. */
  askWhy?: boolean
}

/** Thumbs under an answer. What is typed here outlives updates of the thread. */
export function Feedback({ message, value, askWhy = false }: Props): VNode {
  const url = href.feedback(message)
  const sending = { method: 'post', action: url, 'hx-post': url, 'hx-target': `#feedback-${message}`, 'hx-swap': 'outerHTML' }
  return (
    <div id={`feedback-${message}`} class="feedback" {...{ 'hx-morph-skip': '' }}>
      <form {...sending} class="thumbs">
        <span id={`ask-${message}`} role="status">
          {value === null || askWhy ? texts.feedback.ask : texts.feedback.thanks}
        </span>
        <Thumb message={message} way="up" value={value} />
        <Thumb message={message} way="down" value={value} />
      </form>
      {askWhy && (
        <form {...sending} class="why">
          <input type="hidden" name="value" value="down" />
          <fieldset>
            <legend>{texts.feedback.whatWrong}</legend>
            {[texts.feedback.wrong, texts.feedback.other, texts.feedback.unclear].map((reason) => (
              <label key={reason} class="why-choice">
                <input type="radio" name="reason" value={reason} /> {reason}
              </label>
            ))}
          </fieldset>
          <label for={`more-${message}`}>{texts.feedback.more}</label>
          <input type="text" id={`more-${message}`} name="more" maxLength={500} autocomplete="off" />
          <div>
            <Button look="plain" small>
              {texts.feedback.send}
            </Button>
          </div>
        </form>
      )}
    </div>
  )
}

function Thumb({ message, way, value }: { message: string; way: 'up' | 'down'; value: Props['value'] }): VNode {
  return (
    <button
      type="submit"
      id={`thumb-${way}-${message}`}
      class="thumb"
      name="value"
      value={way}
      aria-label={texts.feedback[way]}
      title={texts.feedback[way]}
      aria-pressed={value === way}
    >
      <Icon name={way} />
    </button>
  )
}
