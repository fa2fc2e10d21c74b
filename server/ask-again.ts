import type { LanguageModel } from '../models/types.ts'
import { answerQuestion } from './pipeline/answer-question.ts'
import type { Ports } from './pipeline/ports.ts'
import type { RegressionCase } from './store/incident-types.ts'
import type { Trace } from './types.ts'

/** A question's whole way behind everybody who waits, without a record: what would be said now. */
export const askAgain =
  (ports: Omit<Ports, 'record' | 'onStage'>) =>
  async ({ id, question, tier, channel }: RegressionCase, signal: AbortSignal): Promise<Trace> => {
    const asked = { turn: id, conversation: id, customer: { id, tier }, channel, text: question, history: [] }
    const dry: Ports = { ...ports, model: behindAll(ports.model), record: () => ({ result: 'recorded' }), onStage: () => undefined }
    return (await answerQuestion(asked, dry, signal)).trace
  }

const behindAll = (model: LanguageModel): LanguageModel => ({
  identity: model.identity,
  status: () => model.status(),
  close: () => model.close(),
  generate: (request) => model.generate({ ...request, lane: 'background' }),
  choose: (request) => model.choose({ ...request, lane: 'background' }),
})
