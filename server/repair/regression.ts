/** Questions that were answered wrong once are asked again after every change: behind everybody who waits, and nothing of it reaches a customer. */
import { additionOf } from './addition.ts'
import type { Logger } from '../log.ts'
import type { CaseResult, RegressionCase } from '../store/incident-types.ts'
import type { Store } from '../store/types.ts'
import type { Trace } from '../types.ts'

export interface Regression {
  /** Asks these, one after another; each result is kept, and a wrong one is an alarm until it is right again. */
  run(cases: RegressionCase[]): Promise<Omit<CaseResult, 'at'>[]>
  /** Asks all of them once the changes of the moment are through. */
  soon(): void
  /** Looks now, and every `everyMs`, for changes that were made while nobody heard of them: by a command, or before the process ended. */
  watch(everyMs: number): void
  /** Of those that are asked now, how many have their result; null: none is asked. */
  progress(): { asked: number; of: number } | null
  close(): Promise<void>
}

interface Needs {
  store: Pick<Store, 'cases' | 'incidents' | 'notices' | 'log'>
  /** The question's whole way, without a record. */
  ask: (asked: RegressionCase, signal: AbortSignal) => Promise<Trace>
  states: (statement: string, texts: string[]) => Promise<(string | null)[]>
  log: Logger
  /** ms without a further change. */
  quietMs?: number
}

/** Entries of the log after which an answer may be another one. */
export const CHANGING = new Set([
  'article.published',
  'article.retired',
  'threshold.set',
  'threshold.cleared',
  'scope.set',
  'calibration.set',
  'quarantine.lifted',
  'certificate.made',
  'sending.resumed',
])

export function createRegression({ store, ask, states, log, quietMs = 2000 }: Needs): Regression {
  const closing = new AbortController()
  let timer: NodeJS.Timeout | null = null
  let watching: NodeJS.Timeout | null = null
  /** Seq of the newest change that is known. */
  let seen = 0
  let queue: Promise<unknown> = Promise.resolve()
  /** Of what waits in the queue and is asked. */
  let going = { asked: 0, of: 0 }

  async function one(asked: RegressionCase): Promise<Omit<CaseResult, 'at'>> {
    let result: Omit<CaseResult, 'at'>
    try {
      const right = store.incidents.get(asked.incident)?.right ?? ''
      result = await resultOf({ ...asked, right }, await ask(asked, closing.signal), states)
    } catch (error) {
      if (closing.signal.aborted) throw error
      log.error({ err: error, case: asked.id }, 'a question could not be asked again')
      result = { result: 'failed', why: 'It could not be asked. Try again.' }
    }
    store.cases.noteResult(asked.id, result)
    const key = `case:${asked.id}`
    if (result.result === 'right' || result.result === 'held') store.notices.end(key)
    else
      store.notices.raise({
        key,
        kind: result.result === 'wrong' ? 'alarm' : 'warning',
        text: `A question that was put right once fails after a change. ${result.why}`,
        href: `/console/incidents/${asked.incident}#close`,
      })
    return result
  }

  async function all(cases: RegressionCase[]): Promise<Omit<CaseResult, 'at'>[]> {
    const results = []
    for (const asked of cases) {
      results.push(await one(asked))
      going.asked++
    }
    return results
  }

  const run = (cases: RegressionCase[]): Promise<Omit<CaseResult, 'at'>[]> => {
    going.of += cases.length
    const next = queue.then(() => all(cases))
    const ended = next
      .catch((error: unknown) => {
        if (!closing.signal.aborted) log.error({ err: error }, 'the questions of past incidents could not be asked again')
      })
      .finally(() => {
        if (queue === ended) going = { asked: 0, of: 0 }
      })
    queue = ended
    return next
  }

  function catchUp(): void {
    if (progress() !== null || closing.signal.aborted) return
    const change = store.log.latest([...CHANGING], seen)
    if (!change) return
    seen = change.seq
    const behind = store.cases.active().filter((c) => c.last === null || c.last.at < change.at)
    if (behind.length > 0) void run(behind)
  }

  const progress: Regression['progress'] = () => (going.of > going.asked || timer !== null ? { ...going } : null)

  return {
    run,
    watch(everyMs) {
      catchUp()
      watching = setInterval(catchUp, everyMs).unref()
    },
    soon() {
      if (closing.signal.aborted) return
      if (timer) clearTimeout(timer)
      timer = setTimeout(() => {
        timer = null
        void run(store.cases.active())
      }, quietMs).unref()
    },
    progress,
    async close() {
      closing.abort()
      if (timer) clearTimeout(timer)
      if (watching) clearInterval(watching)
      await queue
    },
  }
}

/** Held is no failure: nothing wrong is sent. */
async function resultOf(
  { mustSay, mustNotSay, right }: RegressionCase & { right: string },
  { decision }: Trace,
  states: Needs['states'],
): Promise<Omit<CaseResult, 'at'>> {
  const { verdict, text, rules } = decision
  if (verdict !== 'send' && verdict !== 'caveat')
    return { result: 'held', why: rules.find((r) => r.verdict === verdict)?.why ?? 'No answer is sent.' }
  for (const never of mustNotSay)
    if (holds(text, never) || ((await states(never, [text]))[0] && !additionOf(never, right)?.saidIn(text)))
      return { result: 'wrong', why: `It says again: “${never}”` }
  const missing = mustSay.find((must) => !holds(text, must))
  return missing === undefined
    ? { result: 'right', why: 'It says what it must, and nothing that it must not.' }
    : { result: 'wrong', why: `It does not say “${missing}”.` }
}

const holds = (text: string, words: string): boolean => plain(text).includes(plain(words))
const plain = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
