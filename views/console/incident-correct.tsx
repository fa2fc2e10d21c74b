import type { VNode } from 'preact'
import type { Correction, CorrectionCounts, LetterCheck, Recipient } from '../../server/store/correction-types.ts'
import type { Incident } from '../../server/store/incident-types.ts'
import { Badge, FindingBadge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { Loading } from '../components/states.tsx'
import { Time } from '../components/time.tsx'
import { Sending } from './incident-sending.tsx'
import { Notice } from './parts.tsx'

export interface CorrectProps {
  incident: Incident
  correction: Correction | null
  /** A letter that is being checked, or could not be kept. */
  checking: LetterCheck | null
  /** What somebody has written and could not be kept. */
  typed: { why: string; toDo: string } | null
  /** Why the one who looks may not approve it; null: they may. */
  whyNot: string | null
  /** Nobody else who is here could approve it. */
  alone: boolean
  /** Answers that are in and belong to no correction yet. */
  uncorrected: number
  counts: CorrectionCounts | null
  /** Those who have not opened it first; only the first ones. */
  recipients: Recipient[]
  /** By what names the firm's own systems know the customer of a thread; none: it is a visitor of the portal. */
  known: (conversation: string) => string[]
  /** There is a way beside the thread. */
  canRemind: number
  mayChange: boolean
  /** Whether the reader may open conversations. */
  seesConversations: boolean
  nameOf: (actor: string) => string
  now: number
}

export function PutItRight(props: CorrectProps): VNode {
  return (
    <Card title="4. Put it right" id="correct">
      <div id="correct-live">
        <Correcting {...props} />
      </div>
    </Card>
  )
}

export const isUnderWay = (correction: Correction | null): correction is Correction =>
  correction !== null && ['approved', 'sending', 'sent'].includes(correction.state)

/** The page shows it, and the stream sends it again while it is checked, goes out and is opened. */
export function Correcting(props: CorrectProps): VNode {
  const { correction, checking, nameOf } = props
  if (checking?.state === 'running')
    return (
      <div class="stack">
        <div class="letter" lang="en">
          {checking.letter.text}
        </div>
        <Loading>
          What {nameOf(checking.by)} wrote is being checked against its source. While customers are answered this can take a minute or two;
          you may leave this page.
        </Loading>
      </div>
    )
  return (
    <div class="stack">
      {checking && <Notice kind="bad">{checking.why}</Notice>}
      {correction && <Letter {...props} correction={correction} />}
      {isUnderWay(correction) ? (
        <Sending {...props} correction={correction} />
      ) : (
        <Write {...props} typed={props.typed ?? checking?.letter ?? null} />
      )}
    </div>
  )
}

function Write({ incident, correction, typed, mayChange }: CorrectProps): VNode | null {
  if (!mayChange || incident.state === 'closed') return null
  if (incident.wrong === '' || incident.right === '')
    return (
      <p>
        A correction is written from what was wrong and what is right. <a href="#wrong">Say both first.</a>
      </p>
    )
  const form = (
    <form method="post" action={`/console/incidents/${incident.id}/correction`} class="stack">
      <input type="hidden" name="version" value={incident.version} />
      <Field id="why" label="How it came about" optional hint="In plain words. The firm said it: nobody and nothing is blamed.">
        <textarea rows={2} maxLength={600}>
          {typed?.why ?? correction?.why ?? ''}
        </textarea>
      </Field>
      <Field
        id="toDo"
        label="What the customer may have to do"
        optional
        hint="For example: check the fee on your last payment, and write to us if it was more."
      >
        <textarea rows={2} maxLength={600}>
          {typed?.toDo ?? correction?.toDo ?? ''}
        </textarea>
      </Field>
      <div>
        <Button look={correction ? 'plain' : 'primary'}>{correction ? 'Write and check it again' : 'Write and check it'}</Button>
      </div>
    </form>
  )
  if (!correction || typed) return form
  return (
    <details>
      <summary>Change it</summary>
      {form}
    </details>
  )
}

function Letter(props: CorrectProps & { correction: Correction }): VNode {
  const { correction, incident, nameOf, now } = props
  const changed = correction.wrong !== incident.wrong || correction.right !== incident.right
  return (
    <>
      <div class="letter" lang="en">
        {correction.text}
      </div>
      <p class="quiet">
        Written by {nameOf(correction.by)} <Time at={correction.at} now={now} />
        {correction.approvedBy && correction.approvedAt && (
          <>
            {'; approved by '}
            {nameOf(correction.approvedBy)} <Time at={correction.approvedAt} now={now} />
          </>
        )}
        .
      </p>
      {changed && correction.state !== 'sent' && (
        <Notice kind="doubt">What was wrong or what is right has been changed since this was written. Write it again.</Notice>
      )}
      <Findings correction={correction} />
      <Decide {...props} changed={changed} />
    </>
  )
}

function Findings({ correction: { findings } }: { correction: Correction }): VNode {
  const open = findings.filter((f) => f.result !== 'passed')
  if (open.length === 0)
    return (
      <p>
        <Badge tone="ok" icon="check-circle">
          Supported
        </Badge>{' '}
        by the words that say what is right, in every check.
      </p>
    )
  return (
    <ul class="reasons">
      {open.map((f) => (
        <li>
          <FindingBadge result={f.result} /> {f.why}
        </li>
      ))}
    </ul>
  )
}

function Decide({
  incident,
  correction,
  whyNot,
  alone,
  mayChange,
  changed,
  nameOf,
}: CorrectProps & { correction: Correction; changed: boolean }): VNode | null {
  const to = (what: string): string => `/console/incidents/${incident.id}/correction/${what}`
  const which = <input type="hidden" name="correction" value={correction.id} />
  if (!mayChange) return null
  if (correction.state === 'draft')
    return (
      <form method="post" action={to('propose')}>
        {which}
        {alone && <Notice kind="doubt">Nobody else is here who could approve it: a second reviewer or admin is needed.</Notice>}
        <Button look="primary" disabled={changed}>
          Ask a colleague to approve it
        </Button>
      </form>
    )
  if (correction.state !== 'proposed') return null
  if (whyNot) return <Notice kind="info">It waits for a colleague to approve it. {whyNot}</Notice>
  return (
    <div class="decide-how">
      <form method="post" action={to('approve')}>
        {which}
        <Button look="primary" icon="check" disabled={changed}>
          Approve what {nameOf(correction.by)} wrote
        </Button>
      </form>
      <details>
        <summary>Reject</summary>
        <form method="post" action={to('reject')} class="stack">
          {which}
          <Field id="reject-why" label="What has to be changed?">
            <input type="text" name="reason" maxLength={500} required />
          </Field>
          <Button>Reject</Button>
        </form>
      </details>
    </div>
  )
}
