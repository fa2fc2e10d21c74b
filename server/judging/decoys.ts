/** Answers whose verdict is known, to be shown among the others. */
import type { Decoy, ImportedQuestion, ImportStore } from '../store/import-types.ts'
import type { Actor, Form, Trace } from '../types.ts'

export interface DecoySubject {
  kind: 'decoy'
  turn: string
  form: Form
  known: boolean
  /** The question whose answer is shown in the place of the own one; null: its own is shown. */
  answerOf: string | null
}

/** One in so many is a decoy, once there is enough to hide it among. */
const EVERY = 20
const ENOUGH = 10
/** How far ahead the queue is looked into. */
const AHEAD = 60

interface Parts {
  imports: Pick<ImportStore, 'toJudge' | 'agreed' | 'trace'>
  past: Decoy[]
  random: () => number
}

/** Now and then: an answer that two others agreed on, or a question with the answer to one that is about something else. */
export function decoyFor(by: Actor, { imports, past, random }: Parts): DecoySubject | null {
  if (random() * EVERY >= 1) return null
  const seen = new Set(past.filter((d) => d.by === by).map((d) => d.turn))
  const agreed = imports.agreed(by, AHEAD).filter(({ question }) => !seen.has(question.id))
  const one = agreed[Math.floor(random() * agreed.length * 2)]
  if (one) return { kind: 'decoy', turn: one.question.id, form: one.question.form, known: one.right, answerOf: null }
  const ahead = imports.toJudge(by, AHEAD)
  // The question of one that comes much later, so that its own answer does not stand beside it in memory.
  const asked = ahead.at(-1)
  return asked && ahead.length > ENOUGH && !seen.has(asked.id) ? swapped(asked, ahead, imports) : null
}

function swapped(asked: ImportedQuestion, others: ImportedQuestion[], imports: Parts['imports']): DecoySubject | null {
  const trace = imports.trace(asked.id)
  const answer = others.find((q) => q.id !== asked.id && q.form === asked.form && isStrange(trace, imports.trace(q.id)))
  return answer ? { kind: 'decoy', turn: asked.id, form: asked.form, known: false, answerOf: answer.id } : null
}

/** Nothing that the question's search found is cited by the answer: it speaks of something else. */
function isStrange(asked: Trace | null, answer: Trace | null): boolean {
  if (!asked || !answer?.quotation) return false
  const found = new Set(asked.hits.map((hit) => hit.passage.article))
  return [...answer.quotation.citations, ...answer.claims.flatMap((c) => c.evidence)].every((c) => !found.has(c.article))
}
