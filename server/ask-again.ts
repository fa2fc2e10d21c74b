import { answerQuestion } from './pipeline/answer-question.ts'
import { inBackground } from './pipeline/in-background.ts'
import type { Ports } from './pipeline/ports.ts'
import type { RegressionCase } from './store/incident-types.ts'
import type { Trace } from './types.ts'

/** A question's whole way behind everybody who waits, without a record: what would be said now, by the articles in force when it is said. */
export const askAgain =
  (ports: Omit<Ports, 'record' | 'onStage'>) =>
  async ({ id, question, tier, channel }: RegressionCase, signal: AbortSignal): Promise<Trace> => {
    const asked = { turn: id, conversation: id, customer: { id, tier }, channel, text: question, history: [] }
    const record: Ports['record'] = ({ trace }) =>
      trace.snapshot === ports.knowledge.snapshot() ? { result: 'recorded' } : { result: 'stale', revisions: [] }
    return (await answerQuestion(asked, { ...inBackground(ports), record }, signal)).trace
  }
