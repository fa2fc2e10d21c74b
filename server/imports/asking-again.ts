/** The questions of past judgements are asked again, like past questions that were taken in; where the answer is still the same, its judgements hold. */
import type { Fingerprint } from '../store/label-types.ts'
import type { RoundStore } from '../store/round-types.ts'
import { createAnswering, type Answering, type AnsweringParts, type Questions } from './answering.ts'
import { keptOf } from './same-answer.ts'

type Parts = Omit<AnsweringParts, 'store'> & {
  store: { rounds: RoundStore }
  /** Whether the house still answers as it did when the round began. */
  answersAs: (making: Fingerprint) => boolean
}

export const createAskingAgain = ({ store, answersAs, ...parts }: Parts): Answering =>
  createAnswering({ ...parts, store: { imports: questionsOf(store.rounds, answersAs) } })

function questionsOf(rounds: RoundStore, answersAs: Parts['answersAs']): Questions {
  return {
    underWay: () => rounds.underWay(),
    // Overtaken by another change: what is answered from now on would be another sample than what was.
    next(id) {
      const round = rounds.underWay()
      return round && answersAs(round.making) ? rounds.next(id) : null
    },
    answered(id, trace, scored) {
      const form = rounds.question(id)?.form ?? 'written'
      return rounds.answered(id, trace, scored, keptOf(form, trace, rounds.before(id)))
    },
    failed: (id, why) => rounds.failed(id, why),
    stop: (id, by) => rounds.stop(id, by),
  }
}
