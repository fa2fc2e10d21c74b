import type { VNode } from 'preact'
import type { Correction, Recipient } from '../../server/store/correction-types.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Time } from '../components/time.tsx'
import type { CorrectProps } from './incident-correct.tsx'
import { ConversationLink } from './parts.tsx'
import { CHANNEL_WORDS } from './words.ts'

/** The page shows it, and the stream sends it again while it goes out and is opened. */
export function Sending(props: CorrectProps & { correction: Correction }): VNode {
  const { incident, correction, counts, uncorrected, mayChange, recipients, canRemind } = props
  const waiting = counts ? counts.threads - counts.sent - counts.gone : 0
  const to = (what: string): string => `/console/incidents/${incident.id}/correction/${what}`
  return (
    <div class="stack">
      {counts && counts.threads > 0 && (
        <div role="status">
          {waiting > 0 && <progress max={counts.threads} value={counts.threads - waiting} aria-label="Threads told" />}
          <p>
            {counts.sent} of {counts.threads} {counts.threads === 1 ? 'thread' : 'threads'} told, {counts.delivered} delivered,{' '}
            {counts.opened} opened
            {counts.undelivered > 0 && `, ${counts.undelivered} not reached by mail or webhook`}
            {counts.gone > 0 && `, ${counts.gone} erased`}.
          </p>
        </div>
      )}
      {mayChange && uncorrected > 0 && waiting === 0 && (
        <form method="post" action={to('send')}>
          <input type="hidden" name="correction" value={correction.id} />
          <Button look="primary" icon="send">
            {correction.state === 'approved' ? 'Send it' : 'Send it to those found since'}: {uncorrected} wrong{' '}
            {uncorrected === 1 ? 'answer' : 'answers'}
          </Button>
        </form>
      )}
      {correction.state === 'approved' && uncorrected === 0 && (
        <p>
          Nobody to send it to yet. <a href="#reach">Find out first whom it reached.</a>
        </p>
      )}
      {mayChange && correction.state === 'sent' && canRemind > 0 && (
        <form method="post" action={to('remind')}>
          <input type="hidden" name="correction" value={correction.id} />
          <Button>
            Remind {canRemind} who {canRemind === 1 ? 'has' : 'have'} not opened it
          </Button>
        </form>
      )}
      {recipients.length > 0 && <Recipients {...props} />}
    </div>
  )
}

function Recipients(props: CorrectProps & { correction: Correction }): VNode {
  const { incident, recipients, now } = props
  const toCall = recipients.filter(
    (r) => r.state === 'sent' && r.openedAt === null && r.called === null && (incident.severity === 'high' || r.undelivered !== null),
  )
  const rest = recipients.filter((r) => !toCall.includes(r))
  return (
    <>
      {toCall.length > 0 && (
        <section aria-labelledby="to-call">
          <h3 id="to-call">To be called: they have not opened it</h3>
          {toCall.some((r) => r.channel === 'portal') && (
            <p class="quiet">
              Visitors of the portal are not known by name: the correction stands at the top of whatever page they open next.
            </p>
          )}
          <ul class="rows">
            {toCall.map((r) => (
              <ToCall key={r.conversation} recipient={r} {...props} />
            ))}
          </ul>
        </section>
      )}
      {rest.length > 0 && (
        <details class="threads">
          <summary>Thread by thread</summary>
          <ul class="rows">
            {rest.map((r) => (
              <li key={r.conversation}>
                <ConversationLink id={r.conversation} sees={props.seesConversations}>
                  {CHANNEL_WORDS[r.channel]} thread
                </ConversationLink>
                <span>
                  {r.state === 'waiting' && 'waits'}
                  {r.state === 'gone' && 'the customer was erased'}
                  {r.openedAt ? (
                    <>
                      opened <Time at={r.openedAt} now={now} />
                    </>
                  ) : (
                    r.sentAt && (
                      <>
                        told <Time at={r.sentAt} now={now} />, not opened
                      </>
                    )
                  )}
                  {r.undelivered && `, not reached: ${r.undelivered}`}
                  {r.reminders > 0 && `, reminded ${r.reminders === 1 ? 'once' : `${r.reminders} times`}`}
                  {r.called && `, called: ${r.called.note}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function ToCall({
  recipient: r,
  incident,
  correction,
  mayChange,
  seesConversations,
  now,
  known,
}: CorrectProps & { correction: Correction; recipient: Recipient }): VNode {
  const names = known(r.conversation)
  return (
    <li>
      <div>
        {names.length > 0 && <strong>{names.join(', ')} </strong>}
        <ConversationLink id={r.conversation} sees={seesConversations}>
          {CHANNEL_WORDS[r.channel]} thread
        </ConversationLink>{' '}
        told <Time at={r.sentAt ?? now} now={now} />
        {r.undelivered && <p class="quiet">Not reached: {r.undelivered}.</p>}
      </div>
      {mayChange && (
        <details {...{ 'hx-morph-skip': '' }}>
          <summary>Called</summary>
          <form method="post" action={`/console/incidents/${incident.id}/correction/called`} class="stack">
            <input type="hidden" name="correction" value={correction.id} />
            <input type="hidden" name="conversation" value={r.conversation} />
            <Field id={`called-${r.conversation}`} label="What came of it?" hint="No names or numbers of customers.">
              <input type="text" name="note" maxLength={500} required />
            </Field>
            <Button small>Note it</Button>
          </form>
        </details>
      )}
    </li>
  )
}
