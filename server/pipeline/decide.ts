import { sentencesOf } from '../../words/sentences.ts'
import { chooseForm } from '../policy/form.ts'
import { raised } from '../policy/care.ts'
import { judge } from '../policy/index.ts'
import type { Bar } from '../policy/rule.ts'
import { readingsOf } from '../signals/two-readings.ts'
import type { TurnRecord } from '../store/types.ts'
import type { Decision, Form, Sentence, Threshold, Trace, Verdict } from '../types.ts'
import { scoredForms } from './audit.ts'
import { saysNothing } from './intake.ts'
import type { Ports } from './ports.ts'
import { ruleInputOf } from './rule-input.ts'

/** The form and the verdict: every rule gives one, the most cautious wins. */
export function decide(trace: Trace, ports: Ports): Decision {
  const segment = { topic: trace.scope.topic, channel: trace.channel, tier: trace.tier }
  const cells = { written: ports.threshold(segment, 'written'), quoted: ports.threshold(segment, 'quoted') }
  const usual = { written: cells.written.value, quoted: cells.quoted.value }
  const care = trace.intake.care?.value ?? 0
  const threshold = { written: raised(usual.written, care), quoted: raised(usual.quoted, care) }
  const barred = { written: barOf(cells.written, ports), quoted: barOf(cells.quoted, ports) }
  const input = { ...ruleInputOf(trace), threshold, barred }
  const wanted = chooseForm(input)
  const withoutCare = wanted === null ? chooseForm({ ...input, threshold: usual }) : wanted
  const { verdict, rules } = judge({ ...input, form: wanted, usual: withoutCare === wanted ? null : usual })
  const form = verdict === 'send' || verdict === 'caveat' ? wanted : null
  const confidence = form
    ? (trace.confidence[form]?.value ?? 0)
    : Math.max(trace.confidence.written?.value ?? 0, trace.confidence.quoted?.value ?? 0)
  return { verdict, form, confidence, threshold, barred, rules, ...told(verdict, form, trace, ports) }
}

function barOf({ state }: Threshold, { certifiedOnly }: Ports): Bar | null {
  if (state === 'suspended') return 'suspended'
  return certifiedOnly && state === 'provisional' ? 'uncertified' : null
}

/** What the customer is told now. */
function told(verdict: Verdict, form: Form | null, trace: Trace, { texts }: Ports): Pick<Decision, 'text' | 'citations' | 'sentences'> {
  const notice = (text: string) => ({ text, citations: [], sentences: [] })
  switch (verdict) {
    case 'send':
    case 'caveat': {
      const answer = answerOf(form ?? 'quoted', trace)
      return verdict === 'caveat' ? { ...answer, text: `${answer.text}\n\n${texts.caveat}` } : answer
    }
    case 'hold':
      return notice(texts.held)
    case 'decline':
      return notice(fixedReply(trace, texts) ?? (trace.scope.outOfScope ? texts.outOfScope : texts.gap))
    case 'escalate':
      return notice(trace.scope.urgent?.text ?? (trace.scope.rule === 'never' ? texts.personOnly : handOver(trace, texts)))
    default:
      return verdict satisfies never
  }
}

/** The reply to a message that has no question in it: which of its two readings is meant, or a word to thanks or a greeting. */
function fixedReply({ intake, question }: Trace, texts: Ports['texts']): string | null {
  if (intake.signals.some((s) => s.signal === 'settled')) return texts.settled
  if (intake.signals.some((s) => s.signal === 'greets')) return texts.greeting
  const reading = readingsOf(question)
  return reading && intake.signals.some((s) => s.signal === 'two-readings') ? texts.askBack[reading].text : null
}

const handOver = ({ intake }: Trace, texts: Ports['texts']): string =>
  intake.signals.some((s) => s.signal === 'asks-for-person') ? texts.askedForPerson : texts.handedOver

/** Text, sentences and citations of one form, as the customer would read it. */
export function answerOf(
  form: Form,
  trace: Pick<Trace, 'draft' | 'quotation' | 'claims'>,
): Pick<Decision, 'text' | 'citations' | 'sentences'> {
  if (form === 'quoted') return trace.quotation ?? { text: '', citations: [], sentences: [] }
  const text = trace.draft?.text ?? ''
  return { text, ...citedSentences(text, trace.claims) }
}

/** Each sentence with the evidence of its claim. */
export function citedSentences(text: string, claims: Trace['claims']): { sentences: Sentence[]; citations: Sentence['citations'] } {
  const sentences = sentencesOf(text).map(({ start, end }) => ({
    start,
    end,
    citations: claims.find((c) => c.start === start)?.evidence ?? [],
  }))
  const citations = new Map(sentences.flatMap((s) => s.citations).map((c) => [`${c.revision}:${c.start}`, c]))
  return { sentences, citations: [...citations.values()] }
}

/** What is committed in one transaction: the trace, the message, and what follows from the verdict. */
export function toRecord(trace: Trace, ports: Ports): TurnRecord {
  const { clock, reviewDueMs } = ports
  const { verdict, form, text, sentences, citations, rules } = trace.decision
  const sent = verdict === 'send' || verdict === 'caveat'
  return {
    trace,
    message: { kind: sent ? 'answer' : 'notice', text, sentences, citations, verdict, form },
    review:
      verdict === 'hold'
        ? { reason: rules.find((r) => r.verdict === 'hold')?.why ?? 'No rule allowed it to be sent.', due: clock() + reviewDueMs }
        : null,
    handOver: verdict === 'escalate',
    gap: verdict === 'decline' && !trace.scope.outOfScope && !saysNothing(trace.intake),
    scored: scoredForms(trace, ports),
  }
}
