import { conflict } from '../errors.ts'
import type { TurnRecord } from '../store/types.ts'
import type { Ask, Trace } from '../types.ts'
import { concernsOf } from './concerns.ts'
import { cut } from './cut.ts'
import { decide, toRecord } from './decide.ts'
import { ground } from './ground.ts'
import { intake } from './intake.ts'
import { meterOf } from './meter.ts'
import { passagesOf } from './passages.ts'
import type { Ports } from './ports.ts'
import { quarantinedIn, withoutQuarantined } from './quarantine.ts'
import { quote } from './quote.ts'
import { determineScope, settlesTurn } from './scope.ts'
import { score } from './score.ts'
import { select } from './select.ts'
import { beginTrace, stopwatch } from './trace.ts'
import { write } from './write.ts'

/**
 * One question's whole way. Returns what was recorded; nothing of it may leave before that. A cited revision that was
 * retired in the meantime, anything quarantined, or other rules of what may be answered, start the turn again; the weights of the confidence stay those that
 * it began with. Errors: CancelledError, BusyError, VouchError when the record can't be written.
 */
export async function answerQuestion(ask: Ask, ports: Ports, signal: AbortSignal): Promise<TurnRecord> {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const quarantine = ports.quarantine.stamp()
    const scope = ports.scope()
    const calibration = ports.calibration()
    const fixed = { ...ports, calibration: () => calibration }
    const trace = await runTurn(ask, fixed, signal)
    signal.throwIfAborted()
    if (ports.scope() !== scope) continue
    const record = { ...toRecord(trace, fixed), quarantine }
    if (ports.record(record).result === 'recorded') return record
  }
  throw conflict('The articles changed while the answer was made. Please ask again.')
}

async function runTurn(ask: Ask, given: Ports, signal: AbortSignal): Promise<Trace> {
  const quarantine = given.quarantine.active()
  const ports = { ...given, knowledge: withoutQuarantined(given.knowledge, quarantine) }
  const time = stopwatch(ports, ask.turn)
  const trace = beginTrace(ask, ports)
  trace.intake = await time('reading', () => intake(ask, ports))
  ports.onRead?.(ask.turn, trace.intake)
  trace.scope = await time('reading', () => determineScope(trace.intake, ports))

  if (!settlesTurn(trace)) {
    trace.hits = await time('searching', () =>
      ports.knowledge.search({ question: trace.intake.question, tier: ask.customer.tier, limit: 10 }),
    )
    trace.evidence = await time('searching', () => select(trace.intake.question, trace.hits, ports))
    trace.quotation = await quote(trace.intake.question, trace.evidence, ports)
    const passages = await passagesOf(trace.evidence, ports)
    const wanted =
      trace.evidence.enough &&
      ports.threshold({ topic: trace.scope.topic, channel: ask.channel, tier: ask.customer.tier }, 'written').value <= 1
    if (wanted) {
      const meter = meterOf(ports.model, ports.clock)
      trace.draft = await time('writing', () => write(trace, passages, ports, meter, signal))
      Object.assign(trace, await time('checking', () => ground(trace, passages, ports, meter, signal)))
      Object.assign(trace, await time('checking', () => cut(trace, passages, ports, meter, signal)))
      trace.costs = meter.costs
    }
    trace.confidence = score(trace, ports.calibration())
    trace.concerns = [...(await concernsOf(trace, ports)), ...(await quarantinedIn(trace, quarantine, ports))]
  }
  trace.whisper = ports.whisper?.(ask.turn) ?? null
  trace.decision = decide(trace, ports)
  trace.timings = time.taken()
  return trace
}
