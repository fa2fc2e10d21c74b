import type { VNode } from 'preact'
import type { Edit, Message, Review } from '../../server/conversation-types.ts'
import type { Note } from '../../server/store/care-types.ts'
import type { Trace } from '../../server/types.ts'
import { Card } from '../components/card.tsx'
import { Due, Time } from '../components/time.tsx'
import { evidenceOf } from './evidence.ts'
import { EvidencePane } from './evidence-pane.tsx'
import { OpenIncident } from './open-incident.tsx'
import { Guidance } from './notes.tsx'
import { Notice, PageHead } from './parts.tsx'
import { Answers, Question } from './review-answers.tsx'
import { EditPanel, isUnderWay, type EditProps } from './review-edit.tsx'
import { Decide, editUrl, UnsupportedDialog } from './review-decide.tsx'
import { RejectDialog } from './review-reject.tsx'
import { Thread } from './thread.tsx'
import { CHANNEL_WORDS, OUTCOME_WORDS } from './words.ts'

export interface ReviewProps {
  review: Review
  trace: Trace
  messages: Message[]
  notes: Note[]
  /** Where it stands in the queue as filtered: 3 of 41. */
  position: { index: number; total: number; previous: string | null; next: string | null }
  /** `?state=…` of the queue; empty without filters. */
  query: string
  topicTitle: string
  /** Name of the colleague who has it open; null: it is ours. */
  lockedBy: string | null
  decidedBy: string | null
  /** Titles of articles that the answer cites and that are others by now. */
  changed: string[]
  edit: EditProps | null
  /** What we have begun to write here. */
  begun: Edit | null
  said: VNode | null
  now: number
}

export function ReviewItem(props: ReviewProps): VNode {
  const { review, trace, edit, query, now } = props
  const { cited, others } = evidenceOf(edit?.checked ? { ...trace, claims: edit.checked.claims } : trace)
  const address = `/console/reviews/${review.id}`
  return (
    <div class="review">
      <PageHead
        title={props.topicTitle}
        crumb={{ href: `/console/reviews${query}`, label: 'Reviews' }}
        facts={facts(props)}
        actions={<OpenIncident from="review" id={review.id} />}
      >
        {props.said}
      </PageHead>
      <div hidden class="live" {...{ 'hx-sse:connect': liveUrl(props), 'hx-swap': 'none' }} />
      <div id="review-status">
        <ReviewStatus {...props} />
      </div>
      {!edit && <Begun {...props} />}
      <div class="panes">
        <section class="pane" aria-label="Question and answer">
          <Question text={trace.question} />
          {edit ? (
            <div id="edit-live">
              <EditPanel {...edit} address={address} query={query} />
            </div>
          ) : (
            <Answers {...props} />
          )}
          <WhyHeld review={review} trace={trace} />
          <Guidance
            address={address}
            query={query}
            notes={props.notes}
            canWrite={review.state === 'open' && !props.lockedBy && !edit && trace.evidence !== null}
            now={now}
          />
          <Card title="The conversation" class="conversation-card">
            <Thread messages={props.messages} now={now} current={trace.turn} />
          </Card>
        </section>
        <section class="pane pane-evidence" aria-labelledby="evidence-title" tabIndex={-1}>
          <h2 id="evidence-title">What the articles say</h2>
          <p class="quiet">Choose a sentence of the answer to see the words that it rests on.</p>
          <EvidencePane cited={cited} others={others} />
        </section>
      </div>
      {!edit && <Decide {...props} />}
      {!edit && review.state === 'open' && !props.lockedBy && <UnsupportedDialog {...props} />}
      <RejectDialog address={address} query={query} />
    </div>
  )
}

function liveUrl({ review, edit, query }: ReviewProps): string {
  const params = new URLSearchParams(query)
  if (edit) params.set('edit', edit.form)
  if (isUnderWay(edit?.begun ?? null)) params.set('going', '1')
  return `/console/reviews/${review.id}/live${params.size > 0 ? `?${params.toString()}` : ''}`
}

/** What was typed here and not sent: to go on with, or to take elsewhere when the answer was decided meanwhile. */
function Begun({ review, lockedBy, query, begun }: ReviewProps): VNode | null {
  if (!begun || begun.text === '') return null
  if (review.state === 'open' && !lockedBy)
    return (
      <Notice kind="info">
        You have begun to write here. <a href={editUrl(review.id, query, begun.form)}>Go on with it</a>
      </Notice>
    )
  return (
    <Card title="What you had written here">
      <p class="quiet">It was not sent.</p>
      <div class="letter">{begun.text}</div>
    </Card>
  )
}

function facts({ review, now }: ReviewProps): (VNode | string | false)[] {
  return [
    CHANNEL_WORDS[review.channel],
    `${review.tier} customer`,
    <>
      asked <Time at={review.at} now={now} />
    </>,
    review.state === 'open' && <Due at={review.due} now={now} say />,
  ]
}

/** Whose it is now. The live stream sends it again when a colleague opens, leaves or decides it. */
export function ReviewStatus({
  review,
  lockedBy,
  decidedBy,
  changed,
  now,
}: Pick<ReviewProps, 'review' | 'lockedBy' | 'decidedBy' | 'changed' | 'now'>): VNode | null {
  if (review.state === 'decided')
    return (
      <Notice kind="info">
        {review.outcome ? OUTCOME_WORDS[review.outcome] : 'Decided'} by {decidedBy ?? 'a colleague'}{' '}
        <Time at={review.decidedAt ?? review.at} now={now} />. Nothing is left to do here.
      </Notice>
    )
  if (review.quarantined)
    return (
      <>
        {lockedBy && <Notice kind="doubt">Being checked by {lockedBy}.</Notice>}
        <Notice kind="bad">
          It uses what <a href={`/console/incidents/${review.quarantined}`}>an incident</a> found wrong. It can’t be approved as it is: edit
          it, reject it or take over.
        </Notice>
      </>
    )
  if (changed.length > 0)
    return (
      <>
        {lockedBy && <Notice kind="doubt">Being checked by {lockedBy}.</Notice>}
        <Notice kind="bad">
          {changed.map((title) => `“${title}”`).join(' and ')} {changed.length === 1 ? 'has' : 'have'} changed since this was written. It
          can’t be approved as it is: edit it (it is checked against the articles as they are now), reject it or take over.
        </Notice>
      </>
    )
  if (lockedBy)
    return <Notice kind="doubt">Being checked by {lockedBy}. You can read along; the decision is theirs until they leave it.</Notice>
  return null
}

function WhyHeld({ review, trace }: { review: Review; trace: Trace }): VNode {
  const rules = trace.decision.rules
    .filter((r) => r.verdict !== 'send' && r.verdict !== 'caveat' && r.why !== review.reason)
    .map((r) => r.why)
  const findings = trace.findings.filter((f) => f.claim === null && f.result !== 'passed').map((f) => f.why)
  const more = [...new Set([...rules, ...findings])].filter((why) => why !== review.reason)
  return (
    <Card title="Why it was held">
      <p>{review.reason}</p>
      {more.length > 0 && (
        <>
          <p class="quiet">Also noticed:</p>
          <ul class="reasons">
            {more.map((why) => (
              <li>{why}</li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
