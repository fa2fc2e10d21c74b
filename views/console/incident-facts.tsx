import type { VNode } from 'preact'
import { withoutMarks } from '../../words/without-marks.ts'
import type { Heard } from '../../server/store/heard-types.ts'
import type { Incident, Source } from '../../server/store/incident-types.ts'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { Time } from '../components/time.tsx'
import { SEVERITY_WORDS } from './incident-words.ts'
import { articleHref } from './knowledge.tsx'
import { Notice } from './parts.tsx'
import { MISTAKES } from './words.ts'

export interface FactsProps {
  incident: Incident
  /** The sentences among which the wrong one is. */
  candidates: string[]
  /** What was searched for, and the words of the articles that were found. */
  find: string | null
  sources: Source[]
  topics: { id: string; title: string }[]
  /** What customers said of it. */
  heard: Heard[]
  /** Whether the reader may open conversations. */
  seesConversations: boolean
  now: number
  /** What somebody has written and could not be saved. */
  typed: { wrong: string; right: string; problem: string } | null
  mayChange: boolean
}

export function WhatWasWrong(props: FactsProps): VNode {
  const { incident, mayChange } = props
  return (
    <Card title="1. What was wrong, and what is right" id="wrong">
      <div class="stack">
        {incident.question !== '' && <p class="quiet">The customer had asked: “{incident.question}”</p>}
        {props.heard.length > 0 && <WhatCustomersSay {...props} />}
        {mayChange && incident.state !== 'closed' ? <Editing {...props} /> : <Standing {...props} />}
      </div>
    </Card>
  )
}

const HEARD_WORDS: Record<Heard['how'], string> = { contradicts: 'was told otherwise', report: 'reported it' }

function WhatCustomersSay({ heard, seesConversations, now }: FactsProps): VNode {
  return (
    <section aria-labelledby="heard">
      <h3 id="heard">What customers say of it</h3>
      <ul class="rows">
        {heard.map(({ conversation, how, text, at }) => (
          <li key={`${conversation}-${at}`}>
            <span>{text === '' ? <span class="quiet">No words</span> : `“${text}”`}</span>
            <span class="quiet">
              {HEARD_WORDS[how]} <Time at={at} now={now} />
              {seesConversations && (
                <>
                  , <a href={`/console/conversations/${conversation}`}>the conversation</a>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Standing({ incident }: FactsProps): VNode {
  return (
    <dl class="pairs">
      <dt>What was said</dt>
      <dd>{incident.wrong || 'Not written down yet.'}</dd>
      <dt>What is right</dt>
      <dd>{incident.right || 'Not known yet.'}</dd>
      {incident.source && (
        <>
          <dt>Where that stands</dt>
          <dd>
            <SourceLine source={incident.source} />
          </dd>
        </>
      )}
    </dl>
  )
}

function Editing(props: FactsProps): VNode {
  const { incident, candidates, typed, topics } = props
  const to = (what: string): string => `/console/incidents/${incident.id}/${what}`
  return (
    <>
      {candidates.length > 1 && <Pick incident={incident} candidates={candidates} action={to('pick')} />}
      <form method="post" action={to('describe')} class="stack" data-ctrl-enter>
        <input type="hidden" name="version" value={incident.version} />
        {typed && (
          <>
            <Notice kind="bad">{typed.problem}</Notice>
            <Standing {...props} />
          </>
        )}
        <Field
          id="wrong-text"
          label="What was said and is wrong"
          hint="One sentence, as it was said. Leave out names and numbers of customers."
        >
          <textarea name="wrong" rows={2} maxLength={1000} required>
            {typed?.wrong ?? incident.wrong}
          </textarea>
        </Field>
        <Field
          id="right-text"
          label="What is right"
          hint="A whole sentence. It is what customers are told, and what is checked against the source."
        >
          <textarea name="right" rows={2} maxLength={1000}>
            {typed?.right ?? incident.right}
          </textarea>
        </Field>
        <div class="fields-row">
          <Field id="incident-kind" label="Kind of mistake">
            <select name="kind">
              {MISTAKES.map(({ id, name }) => (
                <option value={id} selected={id === incident.kind}>
                  {name}
                </option>
              ))}
            </select>
          </Field>
          <Field id="incident-severity" label="Severity">
            <select name="severity">
              {Object.entries(SEVERITY_WORDS).map(([id, { name, means }]) => (
                <option value={id} selected={id === incident.severity}>
                  {name}: {means}
                </option>
              ))}
            </select>
          </Field>
          <Field id="incident-topic" label="Topic">
            <select name="topic">
              {[...topics, ...(topics.some((t) => t.id === incident.topic) ? [] : [{ id: incident.topic, title: incident.topic }])].map(
                (t) => (
                  <option value={t.id} selected={t.id === incident.topic}>
                    {t.title}
                  </option>
                ),
              )}
            </select>
          </Field>
        </div>
        <div>
          <Button look={incident.right === '' ? 'primary' : 'plain'}>Save</Button>
        </div>
      </form>
      <Where {...props} />
    </>
  )
}

/** One click says which sentence it is, and takes along the words that it rests on. */
function Pick({ incident, candidates, action }: { incident: Incident; candidates: string[]; action: string }): VNode {
  return (
    <details class="pick" open={incident.wrong === '' || candidates.every((c) => c !== incident.wrong)}>
      <summary>Which sentence is wrong?</summary>
      <form method="post" action={action}>
        <input type="hidden" name="version" value={incident.version} />
        <ul class="candidates">
          {candidates.map((text, i) => (
            <li key={i}>
              <button type="submit" name="candidate" value={i} class="candidate" aria-pressed={text === incident.wrong}>
                {text}
              </button>
            </li>
          ))}
        </ul>
      </form>
    </details>
  )
}

/** Finds the words of an article that say what is right. */
function Where({ incident, find, sources }: FactsProps): VNode {
  return (
    <div class="stack" id="source">
      <h3>Where that stands</h3>
      {incident.source ? (
        <p>
          <SourceLine source={incident.source} />
        </p>
      ) : (
        <p class="quiet">
          No article is named yet. If none says what is right, correct one first under <a href="/console/knowledge">Knowledge</a>
          {incident.spans.length > 0 && (
            <>
              {' ('}
              <a href={articleHref(incident.spans[0]?.article ?? '')}>{incident.spans[0]?.title}</a>
              {')'}
            </>
          )}
          , or go on without: the colleague who approves the correction is told that nothing backs it.
        </p>
      )}
      <form method="get" action={`/console/incidents/${incident.id}#source`} class="filters" role="search">
        <Field id="find" label="Look in the articles">
          <input type="search" value={find ?? (incident.right || incident.question)} maxLength={500} />
        </Field>
        <Button icon="search">Search</Button>
      </form>
      {find !== null && sources.length === 0 && <p class="quiet">Nothing in the articles fits these words.</p>}
      {sources.length > 0 && (
        <form method="post" action={`/console/incidents/${incident.id}/source`}>
          <input type="hidden" name="version" value={incident.version} />
          <ul class="candidates">
            {sources.map((s) => (
              <li key={`${s.revision}:${s.start}`}>
                <button type="submit" name="source" value={`${s.revision}:${s.start}-${s.end}`} class="candidate">
                  {withoutMarks(s.quote)} <span class="quiet">{s.title}</span>
                </button>
              </li>
            ))}
          </ul>
        </form>
      )}
    </div>
  )
}

export const SourceLine = ({ source }: { source: Source }): VNode => (
  <>
    “{withoutMarks(source.quote)}” <a href={articleHref(source.article, source.revision)}>{source.title}</a>
  </>
)
