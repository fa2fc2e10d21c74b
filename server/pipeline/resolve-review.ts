import type { Block } from '../../kb/types.ts'
import { termsOf } from '../../words/terms.ts'
import { conflict, invalid, notFound } from '../errors.ts'
import type { ReviewOutcome, Message } from '../conversation-types.ts'
import type { Window } from '../checks/check.ts'
import type { Evidence, StaffMember, Trace, Form } from '../types.ts'
import type { Mistake } from '../store/label-types.ts'
import type { ReviewDecision, Store } from '../store/types.ts'
import { answerOf, citedSentences } from './decide.ts'
import { checkAnswer, isUpset } from './ground.ts'
import { passagesOf } from './passages.ts'
import type { Ports } from './ports.ts'
import { whyQuarantined, withoutQuarantined } from './quarantine.ts'

/** What a reviewer decided about a held answer. */
export interface ReviewRequest {
  review: string
  staff: StaffMember
  outcome: ReviewOutcome
  /** Which form was approved, or edited from. */
  form: Form | null
  /** The edited text, or what the customer is told on a rejection. */
  text?: string
  reason?: string
  /** The reviewer has seen the findings on the edited text and sends it all the same. */
  confirmed?: boolean
  /** For an edit: only how it is said was changed, nothing of what. */
  toneOnly?: boolean
  /** For a rejection: what is wrong. */
  mistake?: Mistake
}

export type ReviewResult = { result: 'decided'; message: Message } | { result: 'confirm'; checked: Pick<Trace, 'claims' | 'findings'> }

/** Approve, edit (checked again first), reject or take over: one decision, recorded with the message that it sends. */
export async function resolveReview(request: ReviewRequest, store: Store, ports: Omit<Ports, 'record' | 'onStage'>): Promise<ReviewResult> {
  const review = store.reviews.get(request.review)
  const trace = review && store.turns.trace(review.turn)
  if (!review || !trace) throw notFound('review')
  const { outcome, form, staff } = request
  const quarantine = ports.quarantine.stamp()
  const decide = (
    message: Parameters<Store['reviews']['decide']>[0]['message'],
    checked: Pick<Trace, 'claims' | 'findings'> | null,
  ): ReviewResult => ({
    result: 'decided',
    message: store.reviews.decide({
      review: review.id,
      staff: staff.id,
      outcome,
      form,
      reason: request.reason?.trim() || null,
      message,
      trace: checked,
      label: labelOf(request, trace),
      quarantine,
    }),
  })

  switch (outcome) {
    case 'approved': {
      if (!form) throw invalid('Say which of the two answers is approved.')
      const answer = answerOf(form, trace)
      if (answer.text === '') throw invalid('There is no such answer to approve. Edit it or take over.')
      const barred = await whyQuarantined(answer, ports.quarantine.active(), ports)
      if (barred) throw conflict(`${barred.why} It can't be approved as it is: edit it, reject it or take over.`)
      return decide({ author: 'vouch', kind: 'answer', ...answer, verdict: 'send', form, staff: staff.id }, null)
    }
    case 'edited': {
      const text = request.text?.trim() ?? ''
      if (text === '') throw invalid('The edited answer is empty. Write it, or reject the draft.')
      const checked = await checkText(trace, text, ports)
      if (!request.confirmed && checked.findings.some((f) => f.result !== 'passed' && !f.advisory)) return { result: 'confirm', checked }
      return decide(
        { author: 'vouch', kind: 'answer', text, ...citedSentences(text, checked.claims), verdict: 'send', form, staff: staff.id },
        checked,
      )
    }
    case 'rejected':
      if (!request.reason?.trim()) throw invalid('Say why it is rejected: the reason is kept with the record.')
      return decide(
        { author: 'vouch', kind: 'notice', text: request.text?.trim() || ports.texts.rejected, verdict: 'decline', staff: staff.id },
        null,
      )
    case 'taken-over':
      return decide({ author: 'vouch', kind: 'notice', text: ports.texts.handedOver, verdict: 'escalate', staff: staff.id }, null)
    default:
      return outcome satisfies never
  }
}

/**
 * What the decision says of the answer: approved as it was is right; edited in its substance, or rejected, is wrong; a tone is no error. Taking
 * over says nothing, and neither does what was written where nothing stood.
 */
function labelOf({ outcome, form, toneOnly = false, mistake }: ReviewRequest, trace: Trace): NonNullable<ReviewDecision['label']> | null {
  const judged = form ?? (trace.draft?.text ? 'written' : 'quoted')
  if (answerOf(judged, trace).text === '') return null
  if (outcome === 'approved') return { form: judged, right: true }
  if (outcome === 'edited') return { form: judged, right: toneOnly, toneOnly, mistake: toneOnly ? 'tone' : null }
  if (outcome === 'rejected') return { form: judged, right: mistake === 'tone', toneOnly: mistake === 'tone', mistake: mistake ?? null }
  return null
}

/** The checks of the pipeline on a text that a reviewer wrote, against the same passages. */
export async function checkText(
  trace: Trace,
  text: string,
  ports: Omit<Ports, 'record' | 'onStage'>,
): Promise<Pick<Trace, 'claims' | 'findings'>> {
  const passages = await passagesNow(trace, ports)
  const barred = await whyQuarantined({ text, citations: [] }, ports.quarantine.active(), ports)
  const findings: Trace['findings'] = barred ? [{ check: 'quarantine', claim: null, result: 'failed', why: barred.why }] : []
  return checkAnswer(text, trace.intake.question, passages, ports, { findings, lane: 'staff', upset: isUpset(trace) })
}

/** What was found then, without what is quarantined or retired now; of articles that were replaced meanwhile, what stands there now. */
export async function passagesNow(
  { evidence, tier }: Pick<Trace, 'evidence' | 'tier'>,
  ports: Pick<Ports, 'knowledge' | 'quarantine'>,
): Promise<Window[]> {
  if (!evidence) return []
  const knowledge = withoutQuarantined(ports.knowledge, ports.quarantine.active())
  const blocks: Evidence['blocks'] = []
  for (const one of evidence.blocks) {
    const revision = knowledge.inForce(one.block.article)
    if (!revision || (revision.tier !== 'all' && revision.tier !== tier)) continue
    const usable = (await knowledge.blocks(revision.id)).map((b) => b.block)
    const now = usable.find((b) => b.revision === one.block.revision && b.start === one.block.start) ?? successor(one.block, usable)
    if (now && !blocks.some(({ block }) => block.revision === now.revision && block.start === now.start))
      blocks.push({ ...one, block: now })
  }
  return passagesOf({ ...evidence, blocks }, { knowledge })
}

/** The block of another revision that has most words in common with this one; none where less than half of them stand there. */
function successor(gone: Block, blocks: Block[]): Block | null {
  const words = new Set(termsOf(gone.text))
  const common = (block: Block): number => [...new Set(termsOf(block.text))].filter((term) => words.has(term)).length
  const best = blocks.filter((b) => b.revision !== gone.revision).toSorted((a, b) => common(b) - common(a))[0]
  return best && common(best) >= words.size / 2 ? best : null
}
