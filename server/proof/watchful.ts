import type { LogEntry } from '../audit/entry.ts'
import type { Logger } from '../log.ts'
import type { Fingerprint } from '../store/label-types.ts'
import type { Form } from '../types.ts'
import type { Proof } from './proof.ts'

/** After these any cell may stand elsewhere. */
const TELLING = new Set([
  'threshold.set',
  'threshold.cleared',
  'calibration.set',
  'certificate.made',
  'certificate.failed',
  'sending.resumed',
  'round.finished',
])

/** Looks again whenever an entry of the log may have changed where a cell stands: at the start, after a judgement, after a turn that was made by something new. */
export function watchful(proof: Proof, fingerprint: () => Fingerprint, log: Logger): (entry: LogEntry) => void {
  let seen = ''
  const trying = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      // Tried again after the next entry; meanwhile what was decided before goes on.
      log.error({ err: String(error) }, 'the watch over what is sent could not look')
    }
  }
  const look = (): void =>
    trying(() => {
      proof.look()
      seen = JSON.stringify(fingerprint())
    })
  look()
  return ({ type, data }) => {
    if (type === 'answer.judged')
      trying(() => proof.lookAt({ turn: String(data['turn']), form: data['form'] as Form, wrong: data['verdict'] === 'wrong' }))
    else if (TELLING.has(type) || (type === 'turn.recorded' && JSON.stringify(fingerprint()) !== seen)) look()
  }
}
