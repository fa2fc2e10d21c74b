import type { LogEntry } from '../audit/entry.ts'
import type { Logger } from '../log.ts'
import type { Fingerprint } from '../store/label-types.ts'
import type { Proof } from './proof.ts'

/** After these there may be something new to see. */
const TELLING = new Set([
  'answer.judged',
  'answers.scored',
  'threshold.set',
  'threshold.cleared',
  'calibration.set',
  'certificate.made',
  'sending.resumed',
])

/** Looks again whenever an entry of the log may have changed where a cell stands: at the start, after a judgement, after a turn that was made by something new. */
export function watchful(proof: Proof, fingerprint: () => Fingerprint, log: Logger): (entry: LogEntry) => void {
  let seen = ''
  const look = (): void => {
    try {
      seen = JSON.stringify(fingerprint())
      proof.look()
    } catch (error) {
      // Tried again after the next entry; meanwhile what was decided before goes on.
      log.error({ err: String(error) }, 'the watch over what is sent could not look')
    }
  }
  look()
  return ({ type }) => {
    if (TELLING.has(type) || (type === 'turn.recorded' && JSON.stringify(fingerprint()) !== seen)) look()
  }
}
