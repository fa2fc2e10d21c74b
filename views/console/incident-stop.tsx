import type { VNode } from 'preact'
import { withoutMarks } from '../../words/without-marks.ts'
import type { Incident, Quarantine } from '../../server/store/incident-types.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { Time } from '../components/time.tsx'
import { STOP_WORDS } from './incident-words.ts'

interface Props {
  incident: Incident
  quarantines: Quarantine[]
  held: number
  mayChange: boolean
  topicTitle: string
  nameOf: (actor: string) => string
  now: number
}

/** One step: nothing is answered from it any more, beginning with the answers that are being made now. */
export function StopIt(props: Props): VNode {
  const { incident, quarantines, held, mayChange } = props
  const stopped = quarantines.filter((q) => q.lifted === null)
  return (
    <Card title="2. Stop it from spreading" id="stop">
      <div class="stack">
        {quarantines.length === 0 && <p>It can still be said again. Choose what nothing may be answered from until this is put right.</p>}
        {quarantines.length > 0 && (
          <ul class="rows">
            {quarantines.map((q) => (
              <Stopped key={q.id} quarantine={q} {...props} />
            ))}
          </ul>
        )}
        {held > 0 && (
          <p>
            <a href="/console/reviews">
              {held} held {held === 1 ? 'answer that uses it is' : 'answers that use it are'} back in the queue
            </a>
            , marked, and cannot be approved unchanged.
          </p>
        )}
        {mayChange && incident.state !== 'closed' && <Choose {...props} stopped={stopped} />}
      </div>
    </Card>
  )
}

function Stopped({ quarantine: q, incident, mayChange, nameOf, now, topicTitle }: Props & { quarantine: Quarantine }): VNode {
  return (
    <li>
      <div>
        <strong>{STOP_WORDS[q.kind].name}</strong>{' '}
        {q.lifted ? (
          <Badge icon="check">lifted</Badge>
        ) : (
          <Badge tone="doubt" icon="lock">
            quarantined
          </Badge>
        )}
        <p class="stopped-what">{q.kind === 'topic' ? topicTitle : withoutMarks(q.what)}</p>
        <p class="quiet">
          {nameOf(q.by)} <Time at={q.since} now={now} />
          {q.lifted && (
            <>
              {'; lifted by '}
              {nameOf(q.lifted.by)} <Time at={q.lifted.at} now={now} />: {q.lifted.reason}
            </>
          )}
        </p>
      </div>
      {mayChange && q.lifted === null && (
        <details class="lift">
          <summary>Lift</summary>
          <form method="post" action={`/console/incidents/${incident.id}/lift`} class="stack">
            <input type="hidden" name="quarantine" value={q.id} />
            <Field id={`lift-${q.id}`} label="Why may it be answered from again?">
              <input type="text" name="reason" maxLength={500} required />
            </Field>
            <Button small>Lift it</Button>
          </form>
        </details>
      )}
    </li>
  )
}

function Choose({ incident, stopped, topicTitle }: Props & { stopped: Quarantine[] }): VNode | null {
  const kinds = (Object.keys(STOP_WORDS) as Quarantine['kind'][]).filter((kind) => {
    if (kind === 'topic') return !stopped.some((q) => q.kind === 'topic')
    if (kind === 'claim') return incident.wrong !== '' && !stopped.some((q) => q.kind === 'claim' && q.what === incident.wrong)
    const wanted = incident.spans.map((s) => (kind === 'words' ? s.quote : s.article))
    return wanted.some((what) => !stopped.some((q) => q.kind === kind && q.what === what))
  })
  if (kinds.length === 0) return null
  return (
    <form method="post" action={`/console/incidents/${incident.id}/stop`} class="stack">
      <fieldset class="choices">
        <legend>{stopped.length > 0 ? 'What else?' : 'What is quarantined?'}</legend>
        {kinds.map((kind) => (
          <label class="choice" key={kind}>
            <input type="checkbox" name="what" value={kind} checked={stopped.length === 0 && (kind === 'words' || kind === 'claim')} />{' '}
            <span>
              {STOP_WORDS[kind].name}
              {kind === 'topic' && `: ${topicTitle}`}
              {kind === 'article' && `: ${[...new Set(incident.spans.map((s) => s.title))].join(', ')}`},{' '}
              <span class="quiet">{STOP_WORDS[kind].means}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div>
        <Button look={stopped.length === 0 ? 'danger' : 'plain'} icon="lock">
          Quarantine
        </Button>
      </div>
    </form>
  )
}
