import type { VNode } from 'preact'
import type { Hit, Incident } from '../../server/store/incident-types.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { EmptyState } from '../components/states.tsx'
import { Time } from '../components/time.tsx'
import { Notice } from './parts.tsx'
import { CHANNEL_WORDS, count } from './words.ts'

export interface ReachProps {
  incident: Incident
  /** With the text of each answer; empty where it was erased. Only the first ones. */
  hits: (Hit & { text: string })[]
  counts: { in: number; out: number; customers: number }
  /** Null: it was never looked for. */
  lookedAt: number | null
  job: { state: 'running'; progress: { looked: number; of: number; found: number } } | { state: 'failed'; why: string } | null
  mayChange: boolean
  /** Whether the reader may open conversations. */
  seesConversations: boolean
  nameOf: (actor: string) => string
  now: number
}

export function WhomItReached(props: ReachProps): VNode {
  return (
    <Card title="3. Whom it reached" id="reach">
      <div id="reach-live">
        <Reach {...props} />
      </div>
    </Card>
  )
}

/** The page shows it, and the stream sends it again while it is looked for. */
export function Reach(props: ReachProps): VNode {
  const { incident, job, hits, counts, lookedAt, mayChange, now } = props
  const running = job?.state === 'running'
  return (
    <div class="stack">
      {job?.state === 'failed' && <Notice kind="bad">{job.why}</Notice>}
      {running && <Progress {...job.progress} />}
      {lookedAt !== null && (
        <p>
          {count(counts.in)} {counts.in === 1 ? 'answer' : 'answers'} to {count(counts.customers)}{' '}
          {counts.customers === 1 ? 'customer' : 'customers'}
          {counts.out > 0 && `; ${count(counts.out)} put out`}.{' '}
          <span class="quiet">
            Last looked <Time at={lookedAt} now={now} />.
          </span>
        </p>
      )}
      {lookedAt === null && !running && <p>Every answer ever given is compared: by the words it cites, and by what it says.</p>}
      {mayChange && !running && incident.state !== 'closed' && (
        <form method="post" action={`/console/incidents/${incident.id}/reach`}>
          <Button look={lookedAt === null ? 'primary' : 'plain'} icon="search" disabled={incident.wrong === ''}>
            {lookedAt === null ? 'Find everyone' : 'Look again'}
          </Button>
        </form>
      )}
      {lookedAt !== null && hits.length === 0 && (
        <EmptyState title="It reached nobody">No answer that was sent cites these words or says this.</EmptyState>
      )}
      {hits.length > 0 && (
        <ul class="hits">
          {hits.map((hit) => (
            <HitItem key={hit.message} hit={hit} {...props} />
          ))}
        </ul>
      )}
      {hits.length < counts.in + counts.out && <p class="quiet">The first {hits.length} are shown; the report lists all of them.</p>}
    </div>
  )
}

function Progress({ looked, of, found }: { looked: number; of: number; found: number }): VNode {
  return (
    <div role="status">
      <progress max={Math.max(1, of)} value={looked} aria-label="Answers looked at" />
      <p>
        {looked} of {of} answers looked at, {found} found.
      </p>
    </div>
  )
}

function HitItem({ hit, incident, mayChange, seesConversations, nameOf, now }: ReachProps & { hit: ReachProps['hits'][number] }): VNode {
  const { text, said } = hit
  return (
    <li id={`hit-${hit.message}`} class={hit.out ? 'hit hit-out' : 'hit'}>
      <p class="hit-text">
        {text === '' ? (
          <span class="quiet">The text was erased.</span>
        ) : said ? (
          <>
            {text.slice(0, said.start)}
            <mark>{text.slice(said.start, said.end)}</mark>
            {text.slice(said.end)}
          </>
        ) : (
          text
        )}
      </p>
      <ul class="facts">
        <li>{CHANNEL_WORDS[hit.channel]}</li>
        <li>
          told <Time at={hit.at} now={now} />
        </li>
        <li>
          {hit.seen ? (
            <>
              read <Time at={hit.seen} now={now} />
            </>
          ) : (
            'no sign that it was read'
          )}
        </li>
        {hit.cameBack && (
          <li>
            wrote again <Time at={hit.cameBack} now={now} />
          </li>
        )}
        {seesConversations && (
          <li>
            <a href={`/console/conversations/${hit.conversation}`}>the conversation</a>
          </li>
        )}
      </ul>
      <p class="quiet">{hit.why.join(' ')}</p>
      {hit.out && (
        <p>
          <Badge icon="bar">put out</Badge> {hit.out.reason} <span class="quiet">{nameOf(hit.out.by)}</span>
        </p>
      )}
      {mayChange && incident.state !== 'closed' && (
        <form method="post" action={`/console/incidents/${incident.id}/hits/${hit.message}`} class="hit-do">
          {hit.out ? (
            <Button small look="quiet" name="back" value="yes">
              Put back in
            </Button>
          ) : (
            <details {...{ 'hx-morph-skip': '' }}>
              <summary>Not one of them</summary>
              <Field id={`out-${hit.message}`} label="Why not?">
                <input type="text" name="reason" maxLength={500} required />
              </Field>
              <Button small>Put it out</Button>
            </details>
          )}
        </form>
      )}
    </li>
  )
}
