import type { VNode } from 'preact'
import type { Round } from '../../server/store/round-types.ts'
import { Button, LinkButton } from '../components/button.tsx'
import { Card, Figure } from '../components/card.tsx'
import { Time } from '../components/time.tsx'
import { JudgingBadge } from './import-state.tsx'
import { LiveRegion, Notice, PageHead } from './parts.tsx'
import { KeptWords } from './threshold-again.tsx'
import { FORM_WORDS } from './words.ts'

export interface RoundProps {
  round: Round
  by: string
  mayChange: boolean
  /** Something changed since it began: it can't go on, and its answers count for nothing. */
  overtaken: boolean
  now: number
}

export function RoundPage(props: RoundProps): VNode {
  const { round, by, now } = props
  return (
    <div class="stack">
      <PageHead
        title="Judged questions, asked again"
        crumb={{ href: '/console/judging', label: 'Judging' }}
        facts={[
          FORM_WORDS[round.form].name,
          <>
            {`begun by ${by} `}
            <Time at={round.at} now={now} />
          </>,
        ]}
      />
      <LiveRegion id="round" url={`/console/judging/again/${round.id}/live`}>
        <RoundState {...props} />
      </LiveRegion>
    </div>
  )
}

/** How far it is, and what stayed of the judgements. Sent again as it goes on. */
export function RoundState({ round, mayChange, overtaken }: RoundProps): VNode {
  const { total, queued, failed, answers, same, mended, judged } = round.counts
  const done = total - queued
  const changed = answers - same - mended
  return (
    <div class="stack">
      {overtaken && (
        <Notice kind="doubt">
          What answers has changed since this began, so its answers are no longer those of today. Ask the questions again from the
          threshold.
        </Notice>
      )}
      <Card title="Answers" actions={<RoundBadge round={round} />}>
        <progress class="upload-progress" max={total} value={done} aria-label="Questions answered" />
        <div class="counted">
          <Figure label="Answered" value={done - failed} note={`of ${total.toLocaleString('en-GB')}`} />
          <Figure label="Unchanged" value={same} note="keep their judgement" />
          <Figure label="Changed" value={changed} note="to judge again" />
          {mended > 0 && <Figure label="Mended" value={mended} note="count as wrong here" />}
          <Figure label="For a person" value={done - failed - answers} note="held, declined or handed over in any case" />
          {failed > 0 && <Figure label="Failed" value={failed} note="could not be answered, or are erased" />}
        </div>
        {mayChange && !overtaken && (round.state === 'answering' || queued + failed > 0) && (
          <form
            class="under-text"
            method="post"
            action={`/console/judging/again/${round.id}/${round.state === 'answering' ? 'stop' : 'go-on'}`}
          >
            <Button look="quiet">
              {round.state === 'answering' ? 'Stop for now' : failed > 0 && queued === 0 ? 'Try those that failed again' : 'Go on'}
            </Button>
          </form>
        )}
      </Card>
      {round.state === 'done' && answers > 0 && (
        <Card title="Judgements">
          <p>
            <KeptWords answers={answers} same={same} mended={mended} waiting={changed - judged} />
          </p>
          <div class="under-text">
            {changed > judged && !overtaken && (
              <LinkButton look="primary" icon="arrow" href="/console/judging/item">
                Judge answers
              </LinkButton>
            )}
            {mayChange && (
              <LinkButton href={`/console/thresholds?form=${round.form}`} look={changed > judged ? 'quiet' : 'primary'}>
                To the thresholds
              </LinkButton>
            )}
          </div>
        </Card>
      )}
    </div>
  )
}

export function RoundBadge({ round: { state, counts } }: { round: Round }): VNode {
  return <JudgingBadge state={state} judged={counts.answers - counts.same - counts.mended <= counts.judged} />
}
