import type { VNode } from 'preact'
import type { Round } from '../../server/store/round-types.ts'
import type { Form } from '../../server/types.ts'
import { Button } from '../components/button.tsx'
import { Notice } from './parts.tsx'
import { count } from './words.ts'

/** After a change: the judged questions can be asked again, are being asked, or were, and what stayed of the judgements. */
export interface AskingAgain {
  form: Form
  /** How many can be asked again. */
  questions: number
  /** The round that asked what answers now; null before there was one. */
  round: Pick<Round, 'id' | 'state' | 'counts'> | null
  /** Of the cell's answers; null while none was asked for again. `waiting`: nobody has judged them yet. */
  answers: { answers: number; same: number; mended: number; waiting: number } | null
}

export function AskAgain({ form, questions, round, answers }: AskingAgain): VNode {
  if (!round)
    return (
      <Notice kind="info">
        <p>
          What answers has changed, so the judgements of before no longer count.{' '}
          {questions === 1 ? 'One question' : `${count(questions)} questions`} can be asked again, behind everybody who waits: where the
          answer is still the same and rests on the same words, its judgement stays; only the others are judged anew.
        </p>
        <form method="post" action="/console/thresholds/again">
          <input type="hidden" name="form" value={form} />
          <Button look="primary" icon="clock">
            Ask the judged questions again
          </Button>
        </form>
      </Notice>
    )
  const link = `/console/judging/again/${round.id}`
  if (round.state !== 'done')
    return (
      <Notice kind="info">
        {round.state === 'stopped' ? 'Asking the judged questions again was stopped' : 'The judged questions are asked again'}:{' '}
        <a href={link}>
          {count(round.counts.total - round.counts.queued)} of {count(round.counts.total)} are answered
        </a>
        .
      </Notice>
    )
  if (!answers)
    return <Notice kind="info">The judged questions were asked again, and none of them falls under this threshold any more.</Notice>
  return (
    <Notice kind={answers.waiting > 0 ? 'doubt' : 'ok'}>
      <p>
        The <a href={link}>judged questions were asked again</a>: <KeptWords {...answers} />
        {answers.waiting > 0 && (
          <>
            {' '}
            <a href="/console/judging/item">Judge them.</a>
          </>
        )}
      </p>
    </Notice>
  )
}

/** `287 of 300 answers are unchanged and keep their judgement; 9 to judge again.` */
export function KeptWords({ answers, same, mended, waiting }: NonNullable<AskingAgain['answers']>): VNode {
  return (
    <>
      {count(same)} of {count(answers)} {answers === 1 ? 'answer is' : 'answers are'} unchanged and {answers === 1 ? 'keeps' : 'keep'} their
      judgement; {count(waiting)} to judge again.
      {mended > 0 && (
        <>
          {' '}
          {count(mended)} {mended === 1 ? 'was' : 'were'} judged wrong before and {mended === 1 ? 'is' : 'are'} answered from other words
          now. They count as wrong here whatever the new answer is: that what was found was mended says nothing of what was not found. Other
          questions can show what the mending is worth.
        </>
      )}
    </>
  )
}
