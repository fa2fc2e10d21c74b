import { LEANS, sentencesOf } from '../../words/sentences.ts'
import type { Window } from '../checks/check.ts'
import type { Claim, Trace } from '../types.ts'
import { ground } from './ground.ts'
import type { Meter } from './meter.ts'
import type { Ports } from './ports.ts'

/** A sentence that bounds the others must not go: without it they would promise more than the documents do. */
const BOUNDS =
  /\b(?:if|unless|except|only|but|however|although|though|until|without|provided|otherwise|before|after|within|must|cannot|not|never|no|have to|has to|need to|needs to|excluded?|limit(?:ed|s)?|at (?:most|least)|up to)\b|n['’]t\b/i
/**
 * An answer whose one weak sentence can be left out, and is still an answer: cut, and checked again. The answer stays as it was when what
 * remains fails a check too. Nothing is cut from the front, for there stands what was asked.
 */
export async function cut(
  trace: Trace,
  passages: Window[],
  ports: Ports,
  meter: Meter,
  signal: AbortSignal,
): Promise<Pick<Trace, 'draft' | 'claims' | 'findings'>> {
  const { draft, claims, findings } = trace
  const as = { draft, claims, findings }
  const weak = weakSentence(trace)
  if (!draft || !weak) return as
  const text = without(draft.text, weak.claim)
  if (text === null) return as
  const shorter = { ...draft, text, cut: { sentence: weak.claim.text, whole: draft.text, why: weak.why } }
  const before = findings.filter((f) => f.check === 'writing')
  const again = await ground({ ...trace, draft: shorter, findings: before }, passages, ports, meter, signal)
  return again.claims.length === 0 || again.findings.some((f) => f.result === 'failed') ? as : { draft: shorter, ...again }
}

/** The only sentence of several that failed a check, where nothing stands against the answer as a whole. */
function weakSentence({ claims, findings }: Trace): { claim: Claim; why: string } | null {
  const failed = findings.filter((f) => f.result === 'failed')
  const [first] = failed
  if (!first || first.claim === null || failed.some((f) => f.broken || f.claim !== first.claim)) return null
  const claim = claims.find((c) => c.index === first.claim)
  return claim && claims.length > 1 ? { claim, why: failed.map((f) => f.why).join(' ') } : null
}

/** The text without a sentence; null where that would change what the others say. */
function without(text: string, { start, end }: Claim): string | null {
  const sentences = sentencesOf(text)
  const at = sentences.findIndex((s) => s.start === start)
  const next = sentences[at + 1]
  const leans = next !== undefined && LEANS.test(text.slice(next.start, next.end))
  if (at < 1 || leans || BOUNDS.test(text.slice(start, end))) return null
  return `${text.slice(0, start).trimEnd()} ${text.slice(end).trimStart()}`.trim()
}
