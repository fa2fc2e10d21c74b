import type { VNode } from 'preact'
import type { PastImport } from '../../server/store/import-types.ts'
import { Badge } from '../components/badge.tsx'
import { Button, LinkButton } from '../components/button.tsx'
import { Card, Figure } from '../components/card.tsx'
import { Dots } from '../components/states.tsx'
import { Time } from '../components/time.tsx'
import { LiveRegion, PageHead } from './parts.tsx'
import { CHANNEL_WORDS, FORM_WORDS } from './words.ts'

export interface ImportProps {
  past: PastImport
  by: string
  mayChange: boolean
  /** What follows from the labels so far; null while nobody has judged anything. */
  result: VNode | null
  said: VNode | null
  now: number
}

export function ImportPage(props: ImportProps): VNode {
  const { past, by, said, now } = props
  return (
    <div class="stack">
      <PageHead
        title={nameOf(past)}
        crumb={{ href: '/console/judging', label: 'Judging' }}
        facts={[
          ...factsOf(past),
          <>
            {`taken in by ${by} `}
            <Time at={past.at} now={now} />
          </>,
        ]}
      >
        {said}
      </PageHead>
      <LiveRegion id="import" url={`/console/judging/past/${past.id}/live`}>
        <ImportState {...props} />
      </LiveRegion>
    </div>
  )
}

export const nameOf = ({ file }: PastImport): string => file ?? 'Past questions (erased)'

export const factsOf = ({ form, channel, tier }: PastImport): string[] => [FORM_WORDS[form].name, CHANNEL_WORDS[channel], `tier ${tier}`]

/** How far it is: answers, judgements, and what they prove. Sent again as it goes on. */
export function ImportState(props: ImportProps): VNode {
  const { past, result } = props
  return (
    <div class="stack">
      <Answers {...props} />
      {past.state !== 'answering' && past.counts.judgeable > 0 && <Judgements past={past} />}
      {result}
    </div>
  )
}

function Answers({ past, mayChange }: ImportProps): VNode {
  const { total, queued, failed, judgeable } = past.counts
  const done = total - queued
  return (
    <Card title="Answers" actions={<ImportBadge past={past} />}>
      <progress class="upload-progress" max={total} value={done} aria-label="Questions answered" />
      <div class="counted">
        <Figure label="Answered" value={done - failed} note={`of ${total.toLocaleString('en-GB')}`} />
        <Figure label="To be judged" value={judgeable} note="would go out if sure enough" />
        <Figure label="For a person" value={done - failed - judgeable} note="held, declined or handed over in any case" />
        {failed > 0 && <Figure label="Failed" value={failed} note="can be tried again" />}
      </div>
      {past.state === 'answering' && (
        <p class="quiet">
          Judging begins when all are answered. Stop to judge what is there: chance put the questions in their order, so those are as good a
          choice.
        </p>
      )}
      {mayChange && (past.state === 'answering' || queued + failed > 0) && (
        <form class="under-text" method="post" action={`/console/judging/past/${past.id}/${past.state === 'answering' ? 'stop' : 'go-on'}`}>
          <Button look="quiet">
            {past.state === 'answering' ? 'Stop for now' : failed > 0 && queued === 0 ? 'Try those that failed again' : 'Go on'}
          </Button>
        </form>
      )}
    </Card>
  )
}

export function ImportBadge({ past: { state, counts } }: { past: PastImport }): VNode {
  return <JudgingBadge state={state} judged={counts.given >= counts.wanted && counts.judgeable > 0} />
}

/** How far answers are that are made to be judged. */
export function JudgingBadge({ state, judged }: { state: PastImport['state']; judged: boolean }): VNode {
  if (state === 'answering')
    return (
      <span class="loading" role="status">
        <Dots /> Making answers, after customers
      </span>
    )
  if (state === 'stopped')
    return (
      <Badge tone="doubt" icon="pause">
        Stopped
      </Badge>
    )
  return judged ? (
    <Badge tone="ok" icon="check-circle">
      Judged
    </Badge>
  ) : (
    <Badge tone="info" icon="dot">
      To be judged
    </Badge>
  )
}

function Judgements({ past }: { past: PastImport }): VNode {
  const { judgeable, judged, wanted, given } = past.counts
  return (
    <Card title="Judgements">
      <progress class="upload-progress" max={wanted} value={given} aria-label="Judgements given" />
      <div class="counted">
        <Figure label="Judged" value={judged} note={`of ${judgeable.toLocaleString('en-GB')} answers`} />
        <Figure
          label="Judgements"
          value={given}
          note={`of ${wanted.toLocaleString('en-GB')}${wanted > judgeable ? ': some are judged twice' : ''}`}
        />
      </div>
      {given < wanted && (
        <div class="under-text">
          <LinkButton look="primary" icon="arrow" href="/console/judging/item">
            Judge answers
          </LinkButton>
        </div>
      )}
    </Card>
  )
}
