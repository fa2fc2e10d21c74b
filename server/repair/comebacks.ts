import type { Logger } from '../log.ts'
import type { Store } from '../store/types.ts'
import { additionOf } from './addition.ts'
import type { ClaimMatcher } from './types.ts'

/** Below this likeness by words and figures an answer is not compared (as in blast-radius.ts). */
const FLOOR = 0.2
/** The newest closed incidents that answers are compared with. */
const WATCHED = 200

/** Compares what is sent with what closed incidents were about: said again, it is shown at the incident and is an alarm. */
export function createComebacks({
  store,
  says,
  log,
}: {
  store: Pick<Store, 'incidents' | 'reach' | 'notices'>
  says: (statement: string) => ClaimMatcher
  log: Logger
}): { heard(message: string): void; close(): Promise<void> } {
  const matchers = new Map<string, ClaimMatcher>()
  let queue: Promise<void> = Promise.resolve()

  async function look(message: string): Promise<void> {
    const closed = store.incidents.list({ state: 'closed', limit: WATCHED }).filter((i) => i.wrong !== '')
    const text = closed.length > 0 ? store.reach.text(message) : ''
    if (text === '') return
    for (const { id, wrong, right } of closed) {
      const matcher = matchers.get(wrong) ?? says(wrong)
      matchers.set(wrong, matcher)
      if (matcher.likeness(text) < FLOOR) continue
      const [match] = await matcher.match([text])
      if (!match?.hit || additionOf(wrong, right)?.saidIn(text)) continue
      store.incidents.noteReturn(id, message)
      const key = `came-back:${id}`
      // Each time anew: what somebody dismissed was the last time.
      store.notices.end(key)
      store.notices.raise({
        key,
        kind: 'alarm',
        text: 'Something that was put right has been said again.',
        href: `/console/incidents/${id}`,
      })
    }
  }

  return {
    heard(message) {
      queue = queue
        .then(() => look(message))
        .catch((error: unknown) => log.error({ err: error }, 'an answer could not be compared with past incidents'))
    },
    close: () => queue,
  }
}
