import type { VNode } from 'preact'
import { withoutMarks } from '../../words/without-marks.ts'
import type { Incident, Quarantine, RegressionCase } from '../../server/store/incident-types.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { Time } from '../components/time.tsx'
import { CAUSE_WORDS, CHANGE_WORDS, RESULT_WORDS, STOP_WORDS } from './incident-words.ts'

export interface CloseProps {
  incident: Incident
  cases: RegressionCase[]
  suggested: { question: string; mustSay: string[]; mustNotSay: string[] }
  /** Titles of articles that were changed since the incident was opened. */
  changed: string[]
  /** Quarantines that stand. */
  standing: Quarantine[]
  /** How far the questions of all incidents are, while they are asked. */
  asking: { asked: number; of: number } | null
  mayChange: boolean
  nameOf: (actor: string) => string
  now: number
}

export function CloseTheCause(props: CloseProps): VNode {
  const { incident, mayChange } = props
  return (
    <Card title="5. Close the cause" id="close">
      <div class="stack">
        <Cases {...props} />
        {incident.state === 'closed' ? <Closed {...props} /> : mayChange && <Closing {...props} />}
      </div>
    </Card>
  )
}

type CasesProps = Pick<CloseProps, 'incident' | 'cases' | 'asking' | 'mayChange' | 'now'>

/** The page shows it, and the stream sends it again while they are asked. */
export function CasesAsked({ incident, cases, asking, mayChange, now }: CasesProps): VNode {
  const asked = cases.filter((c) => c.active)
  return (
    <div class="stack">
      {asked.length === 0 && <p>No question yet. With one, this can’t come back unnoticed.</p>}
      <ul class="rows">
        {asked.map((c) => (
          <li key={c.id}>
            <div>
              <strong>{c.question}</strong>
              {c.mustSay.length > 0 && <p class="quiet">Must say: {c.mustSay.join(' · ')}</p>}
              {c.mustNotSay.length > 0 && <p class="quiet">Must not say: {c.mustNotSay.join(' · ')}</p>}
            </div>
            {c.last ? (
              <div>
                <Badge
                  tone={c.last.result === 'right' || c.last.result === 'held' ? 'ok' : 'bad'}
                  icon={c.last.result === 'right' ? 'check' : c.last.result === 'held' ? 'pause' : 'cross'}
                >
                  {RESULT_WORDS[c.last.result]}
                </Badge>{' '}
                <Time at={c.last.at} now={now} />
                <p class="quiet">{c.last.why}</p>
              </div>
            ) : (
              <span class="quiet">{asking ? 'is being asked…' : 'not asked yet'}</span>
            )}
          </li>
        ))}
      </ul>
      {asking && asking.of > 0 && (
        <div role="status">
          <progress max={asking.of} value={asking.asked} aria-label="Questions asked" />
          <p>
            {asking.asked} of {asking.of} {asking.of === 1 ? 'question' : 'questions'} asked, behind everybody who waits.
          </p>
        </div>
      )}
      {asked.length > 0 && mayChange && (
        <form method="post" action={`/console/incidents/${incident.id}/cases/run`}>
          <Button small disabled={asking !== null}>
            {asking ? 'Being asked…' : 'Ask now'}
          </Button>
        </form>
      )}
    </div>
  )
}

function Cases({ incident, cases, suggested, asking, mayChange, now }: CloseProps): VNode {
  const to = `/console/incidents/${incident.id}/cases`
  const asked = cases.filter((c) => c.active)
  return (
    <section class="stack" aria-labelledby="cases">
      <h3 id="cases">Asked again at every change</h3>
      <div id="cases-live">
        <CasesAsked {...{ incident, cases, asking, mayChange, now }} />
      </div>
      {mayChange && incident.state !== 'closed' && (
        <details open={asked.length === 0}>
          <summary>Add a question</summary>
          <form method="post" action={to} class="stack">
            <Field id="case-question" label="Question">
              <input type="text" name="question" value={asked.length === 0 ? suggested.question : ''} maxLength={500} required />
            </Field>
            <Field id="case-must" label="What an answer must say" optional hint="One a line, for example the right figure.">
              <textarea name="mustSay" rows={2} maxLength={1000}>
                {asked.length === 0 ? suggested.mustSay.join('\n') : ''}
              </textarea>
            </Field>
            <Field id="case-never" label="What it must not say" optional hint="One a line; in other words counts too.">
              <textarea name="mustNotSay" rows={2} maxLength={2000}>
                {asked.length === 0 ? suggested.mustNotSay.join('\n') : ''}
              </textarea>
            </Field>
            <div>
              <Button>Add and ask it now</Button>
            </div>
          </form>
        </details>
      )}
    </section>
  )
}

function Closing({ incident, changed, standing }: CloseProps): VNode {
  return (
    <form method="post" action={`/console/incidents/${incident.id}/close`} class="stack">
      <input type="hidden" name="version" value={incident.version} />
      <h3>How could it happen, and what was changed?</h3>
      <div class="fields-row">
        <Field id="cause" label="Cause">
          <select name="cause" required>
            <option value="">Choose</option>
            {Object.entries(CAUSE_WORDS).map(([value, words]) => (
              <option value={value}>{words}</option>
            ))}
          </select>
        </Field>
        <Field id="change" label="What was changed">
          <select name="change" required>
            <option value="">Choose</option>
            {Object.entries(CHANGE_WORDS).map(([value, words]) => (
              <option value={value}>{words}</option>
            ))}
          </select>
        </Field>
      </div>
      <p class="quiet">
        {changed.length > 0
          ? `Changed since this was opened: ${changed.join(', ')}.`
          : 'No article has been changed since this was opened.'}{' '}
        <a href="/console/knowledge">Knowledge</a>
      </p>
      <Field id="change-note" label="In a few words, for the record">
        <textarea name="note" rows={2} maxLength={600} required />
      </Field>
      {standing.map((q) => (
        <fieldset class="choices" key={q.id}>
          <legend>
            {STOP_WORDS[q.kind].name}: {withoutMarks(q.what)}
          </legend>
          <label class="choice">
            <input type="radio" name={`q-${q.id}`} value="lift" required /> may be answered from again
          </label>
          <label class="choice">
            <input type="radio" name={`q-${q.id}`} value="keep" /> stays quarantined
          </label>
        </fieldset>
      ))}
      <div>
        <Button look="primary" icon="check">
          Close the incident
        </Button>
      </div>
    </form>
  )
}

function Closed({ incident, now }: CloseProps): VNode {
  return (
    <dl class="pairs">
      <dt>Cause</dt>
      <dd>{incident.cause && CAUSE_WORDS[incident.cause]}</dd>
      <dt>What was changed</dt>
      <dd>
        {incident.change && CHANGE_WORDS[incident.change.kind]}. {incident.change?.note}
      </dd>
      <dt>Closed</dt>
      <dd>{incident.closedAt && <Time at={incident.closedAt} now={now} />}</dd>
    </dl>
  )
}
