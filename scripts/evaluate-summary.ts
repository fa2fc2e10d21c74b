import { upperBound } from '../server/policy/binomial.ts'
import type { Form, Trace, Verdict } from '../server/types.ts'

interface Asked {
  answers?: string[] | undefined
  answerable?: boolean | undefined
  gold_doc?: string | null | undefined
  type?: string | undefined
  must?: string[] | undefined
  must_not?: string[] | undefined
}

export interface Judged {
  verdict: Verdict
  form: Form | null
  /** Null where the question says nothing by which to tell. */
  answerable: boolean | null
  right: boolean | null
}

/** By the strings or patterns of the question, which are loose: read what they call wrong before you believe it. */
export function judgeAnswer(question: Asked, trace: Trace): Judged {
  const { verdict, form, text } = trace.decision
  return { verdict, form, answerable: isAnswerable(question), right: isRight(question, text) }
}

export function isAnswerable({ answerable, type, answers, must }: Asked): boolean | null {
  if (answerable !== undefined) return answerable
  if (type !== undefined) return type === 'answerable'
  return answers || must ? true : null
}

/** Holds one of the answers, or all of `must` and none of `must_not`; whatever is said to an unanswerable question is wrong. */
export function isRight(question: Asked, text: string): boolean | null {
  if (isAnswerable(question) === false) return false
  if (question.answers) return question.answers.some((a) => plain(text).includes(plain(a)))
  if (question.must)
    return (
      question.must.every((p) => new RegExp(p, 'i').test(text)) && !(question.must_not ?? []).some((p) => new RegExp(p, 'i').test(text))
    )
  return null
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.%]+/gu, ' ')
    .trim()

/** Counts for a person; the interval is Clopper-Pearson's, one-sided 95 %. */
export function summarise(judged: Judged[]): string {
  const sent = judged.filter((j) => j.verdict === 'send' || j.verdict === 'caveat')
  const known = sent.filter((j) => j.right !== null)
  const wrong = known.filter((j) => j.right === false)
  const answerable = judged.filter((j) => j.answerable === true)
  const sentAnswerable = sent.filter((j) => j.answerable === true)
  const count = (verdict: Verdict): number => judged.filter((j) => j.verdict === verdict).length
  const lines = [
    `${judged.length} questions: ${count('send')} sent, ${count('caveat')} with a caveat, ${count('hold')} held, ${count('decline')} declined, ${count('escalate')} to a person`,
    `forms: ${sent.filter((j) => j.form === 'written').length} written, ${sent.filter((j) => j.form === 'quoted').length} quoted`,
  ]
  if (answerable.length > 0)
    lines.push(
      `of ${answerable.length} answerable ones ${sentAnswerable.length} were sent (${percent(sentAnswerable.length, answerable.length)})`,
    )
  if (known.length > 0)
    lines.push(
      `wrong among sent: ${wrong.length} of ${known.length} (${percent(wrong.length, known.length)}; with 95 % confidence at most ${(100 * upperBound(wrong.length, known.length)).toFixed(1)} %)`,
    )
  return lines.join('\n')
}

const percent = (a: number, b: number): string => `${((100 * a) / b).toFixed(1)} %`
