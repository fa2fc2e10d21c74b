import type { ComponentChildren, VNode } from 'preact'
import type { Form, Trace } from '../../server/types.ts'
import { LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Lines } from '../components/text.tsx'
import { Legend, MarkedText, Whys, draftOf, draftSentences, quotedSentences } from './marked-text.tsx'
import { DecideButton, editUrl } from './review-decide.tsx'
import type { ReviewProps } from './review-item.tsx'
import { FORM_WORDS, confidenceWords } from './words.ts'

export function Question({ text }: { text: string }): VNode {
  return (
    <div class="question">
      <h2>The customer asks</h2>
      <p>
        <Lines text={text} />
      </p>
    </div>
  )
}

/** Both forms, one under the other. */
export function Answers(props: Pick<ReviewProps, 'review' | 'trace' | 'query' | 'lockedBy'>): VNode {
  const { trace } = props
  return (
    <>
      <FormCard form="written" confidence={trace.confidence.written?.value ?? null}>
        <Written trace={trace} />
      </FormCard>
      <FormCard form="quoted" confidence={trace.confidence.quoted?.value ?? null}>
        <Quoted {...props} />
      </FormCard>
    </>
  )
}

function FormCard({ form, confidence, children }: { form: Form; confidence: number | null; children: ComponentChildren }): VNode {
  return (
    <Card title={FORM_WORDS[form].name} class="form-card">
      <p class="quiet form-means">
        {FORM_WORDS[form].means}
        {confidence !== null && <>; {confidenceWords(confidence)}</>}.
      </p>
      {children}
    </Card>
  )
}

export function Written({ trace }: { trace: Trace }): VNode {
  const draft = draftOf(trace)
  if (draft === null)
    return (
      <p>
        {trace.draft?.abstained
          ? 'The model found no answer in these passages, so it wrote nothing.'
          : 'No answer was written for this question.'}
      </p>
    )
  const sentences = draftSentences(trace)
  const bad = sentences.find((s) => s.result === 'failed')
  return (
    <>
      <MarkedText text={draft} sentences={sentences} />
      <div class="under-text">
        <Legend sentences={sentences} />
        {bad && (
          <LinkButton small keys="N" href={`#claim-${bad.id}`} data-jump data-key="n">
            Next unsupported sentence
          </LinkButton>
        )}
      </div>
      <Whys sentences={sentences} text={draft} />
    </>
  )
}

function Quoted({ review, trace, query, lockedBy }: Pick<ReviewProps, 'review' | 'trace' | 'query' | 'lockedBy'>): VNode {
  if (!trace.quotation) return <p>The articles hold no words that answer this question.</p>
  const beside = review.state === 'open' && !lockedBy && draftOf(trace) !== null
  return (
    <>
      <MarkedText text={trace.quotation.text} sentences={quotedSentences(trace.quotation)} />
      {beside && (
        <div class="under-text">
          <DecideButton review={review.id} query={query} form="quoted" keyName="Q" />
          <LinkButton look="quiet" href={editUrl(review.id, query, 'quoted')}>
            Edit the quotation
          </LinkButton>
        </div>
      )}
    </>
  )
}
