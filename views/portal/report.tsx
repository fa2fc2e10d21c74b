/** "Something in this is wrong": the sentence, what kind of wrong, in the customer's words. Over the conversation, or a page of its own. */
import type { VNode } from 'preact'
import type { Message } from '../../server/conversation-types.ts'
import { Button } from '../components/button.tsx'
import { DialogBody } from '../components/dialog.tsx'
import { texts } from '../texts/en.ts'
import { href } from './address.ts'

interface Props {
  message: Message
}

export function ReportLink({ message }: { message: string }): VNode {
  const url = href.report(message)
  return (
    <a id={`report-${message}`} href={url} class="report-link" {...{ 'hx-get': url, 'hx-target': '#dialog', 'hx-swap': 'innerHTML' }}>
      {texts.report.link}
    </a>
  )
}

export function ReportDialog(props: Props): VNode {
  return (
    <DialogBody title={texts.report.title}>
      <ReportForm {...props} />
    </DialogBody>
  )
}

export function ReportPage(props: Props): VNode {
  return (
    <div class="reading">
      <h1>{texts.report.title}</h1>
      <ReportForm {...props} />
    </div>
  )
}

function ReportForm({ message }: Props): VNode {
  const url = href.report(message.id)
  const sentences = message.sentences.map((s) => ({ ...s, text: message.text.slice(s.start, s.end).trim() })).filter((s) => s.text !== '')
  return (
    <form method="post" action={url} {...{ 'hx-post': url, 'hx-swap': 'none' }} class="report-form">
      {sentences.length === 1 && <input type="hidden" name="sentence" value={`${sentences[0]?.start}-${sentences[0]?.end}`} />}
      {sentences.length > 1 && (
        <fieldset>
          <legend>{texts.report.which}</legend>
          {sentences.map((s) => (
            <label key={s.start} class="why-choice">
              <input type="radio" name="sentence" value={`${s.start}-${s.end}`} /> <span>{s.text}</span>
            </label>
          ))}
          <label class="why-choice">
            <input type="radio" name="sentence" value="" checked /> {texts.report.all}
          </label>
        </fieldset>
      )}
      <fieldset>
        <legend>{texts.report.how}</legend>
        {Object.entries(texts.report.kinds).map(([kind, words]) => (
          <label key={kind} class="why-choice">
            <input type="radio" name="kind" value={kind} /> {words}
          </label>
        ))}
      </fieldset>
      <label for="report-text">{texts.report.more}</label>
      <textarea id="report-text" name="text" rows={3} maxLength={1000} />
      <div class="row">
        <Button look="primary">{texts.report.send}</Button>
      </div>
    </form>
  )
}
