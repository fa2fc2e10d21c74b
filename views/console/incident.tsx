/** One incident, from what was wrong to what was changed: five steps on one page, each knowing what the one before found out. */
import type { VNode } from 'preact'
import type { Incident, Quarantine, Step } from '../../server/store/incident-types.ts'
import { Button, LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Time } from '../components/time.tsx'
import { CloseTheCause, type CloseProps } from './incident-close.tsx'
import { isUnderWay, PutItRight, type CorrectProps } from './incident-correct.tsx'
import { WhatWasWrong, type FactsProps } from './incident-facts.tsx'
import { WhomItReached, type ReachProps } from './incident-reach.tsx'
import { StopIt } from './incident-stop.tsx'
import { FROM_WORDS, SEVERITY_WORDS, stepWords } from './incident-words.ts'
import { IncidentBadge } from './incidents.tsx'
import { ConversationLink, Notice, PageHead } from './parts.tsx'

export interface IncidentProps {
  incident: Incident
  facts: Omit<FactsProps, 'incident' | 'mayChange'>
  quarantines: Quarantine[]
  /** Held answers that use what is quarantined. */
  held: number
  reach: Omit<ReachProps, 'incident' | 'mayChange' | 'now' | 'nameOf'>
  correct: CorrectProps
  close: CloseProps
  steps: Step[]
  returns: { message: string; conversation: string; at: number }[]
  topicTitle: string
  mayChange: boolean
  nameOf: (actor: string) => string
  said: VNode | null
  now: number
}

export function IncidentPage(props: IncidentProps): VNode {
  const { incident, topicTitle, nameOf, now, said, mayChange, returns } = props
  return (
    <div class="incident">
      <div
        hidden
        {...{ 'hx-sse:connect': `/console/incidents/${incident.id}/live?going=${goingOn(props).join('+')}`, 'hx-swap': 'none' }}
      />
      <PageHead
        title={incident.wrong === '' ? 'An incident' : `“${short(incident.wrong)}”`}
        crumb={{ href: '/console/incidents', label: 'Incidents' }}
        facts={[
          <IncidentBadge incident={incident} />,
          `${SEVERITY_WORDS[incident.severity].name} severity`,
          topicTitle,
          <>
            opened from {FROM_WORDS[incident.origin.from]} by {nameOf(incident.openedBy)} <Time at={incident.openedAt} now={now} />
          </>,
        ]}
        actions={
          <LinkButton small icon="document" href={`/console/incidents/${incident.id}/report`}>
            One-page report
          </LinkButton>
        }
      >
        {said}
        {returns.length > 0 && (
          <Notice kind="bad">
            It was said again {returns.length === 1 ? 'once' : `${returns.length} times`} after it was closed:{' '}
            {returns.map((r, i) => (
              <>
                {i > 0 && ', '}
                <ConversationLink id={r.conversation} sees={props.reach.seesConversations}>
                  <Time at={r.at} now={now} />
                </ConversationLink>
              </>
            ))}
            .
          </Notice>
        )}
      </PageHead>
      <Way incident={incident} lookedAt={props.reach.lookedAt} />
      <WhatWasWrong incident={incident} mayChange={mayChange} {...props.facts} />
      <StopIt {...props} />
      <WhomItReached incident={incident} mayChange={mayChange} nameOf={nameOf} now={now} {...props.reach} />
      <PutItRight {...props.correct} />
      <CloseTheCause {...props.close} />
      <Timeline {...props} />
      {mayChange && incident.state === 'closed' && (
        <form method="post" action={`/console/incidents/${incident.id}/reopen`}>
          <Button>Open it again</Button>
        </form>
      )}
    </div>
  )
}

/** What was under way when the page was made, so that its end is not missed. */
const goingOn = ({ reach, correct, close }: IncidentProps): string[] =>
  [
    reach.job?.state === 'running' && 'reach-live',
    (correct.checking?.state === 'running' || isUnderWay(correct.correction)) && 'correct-live',
    close.asking !== null && 'cases-live',
  ].filter((part) => part !== false)

const STEPS: [id: string, name: string, done: (incident: Incident, lookedAt: number | null) => boolean][] = [
  ['wrong', 'What was wrong', (i) => i.wrong !== '' && i.right !== ''],
  ['stop', 'Stop it', (i) => i.containedAt !== null],
  ['reach', 'Whom it reached', (_, lookedAt) => lookedAt !== null],
  ['correct', 'Put it right', (i) => i.correctedAt !== null],
  ['close', 'Close the cause', (i) => i.state === 'closed'],
]

function Way({ incident, lookedAt }: { incident: Incident; lookedAt: number | null }): VNode {
  return (
    <nav class="way" aria-label="Steps of this incident">
      <ol>
        {STEPS.map(([id, name, done]) => (
          <li key={id} class={done(incident, lookedAt) ? 'way-done' : undefined}>
            <a href={`#${id}`}>{name}</a>
            {done(incident, lookedAt) && <span class="sr-only"> (done)</span>}
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Timeline({ steps, nameOf, now }: IncidentProps): VNode {
  return (
    <Card title="What happened" id="timeline">
      <ol class="timeline">
        {steps.map((step) => (
          <li key={step.seq}>
            <Time at={step.at} now={now} />
            <span>
              {stepWords(step.note)}{' '}
              <span class="quiet">
                {nameOf(step.by)}, entry {step.seq} of the log
              </span>
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}

const short = (text: string, most = 90): string => (text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`)
