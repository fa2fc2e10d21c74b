import { BusyError, CancelledError } from '../../models/errors.ts'
import { confidenceOf } from '../policy/confidence.ts'
import type { Window } from '../checks/check.ts'
import type { Draft, Trace } from '../types.ts'
import type { Meter } from './meter.ts'
import type { Ports } from './ports.ts'

const ABSTAINED = 'NOT IN THE DOCUMENTS'
const SEED = 7
const MOST_TOKENS = 160

/** How to abstain stands here only: with a reminder in the question too the model abstained from everything. */
export const SYSTEM = `You answer questions of a firm's customers. Answer only from the passages, in one or two plain sentences that repeat the subject of the question, so that the answer can be understood by itself. Give figures, names and conditions exactly as they stand in the passages. If the passages do not contain the answer, reply exactly ${ABSTAINED}.`

/** The model's draft over the passages and from nothing else. A model that is away leaves the draft out, and a failed finding says so. */
export async function write(trace: Trace, passages: Window[], ports: Ports, meter: Meter, signal: AbortSignal): Promise<Draft | null> {
  const prompt = { system: SYSTEM, context: contextOf(passages), question: questionOf(trace) }
  try {
    const made = await meter.measure('writing', () =>
      meter.model.generate({ prompt, maxTokens: MOST_TOKENS, seed: SEED, lane: 'customer', watch: ['NOT'], signal }),
    )
    const text = made.text.trim()
    if (made.stopped === 'length') {
      trace.findings.push({ check: 'writing', claim: null, result: 'failed', why: 'The draft broke off before its end.' })
    }
    const abstained = /\bnot in the documents\b/i.test(text) || text === ''
    return {
      text: abstained ? '' : text,
      abstained,
      signals: {
        minLogprob: Math.min(0, ...made.tokens.map((t) => t.logprob)),
        notAtFirst: Math.log((made.first['NOT'] ?? 0) + 1e-6),
      },
      prompt,
      seed: SEED,
      timings: made.timings,
    }
  } catch (error) {
    if (error instanceof CancelledError || signal.aborted) throw error
    if (error instanceof BusyError && !quotationSuffices(trace, ports)) throw error
    trace.findings.push({
      check: 'writing',
      claim: null,
      result: 'failed',
      why: `No draft could be written: ${error instanceof Error ? error.message : 'unknown error'}`,
      broken: true,
    })
    return null
  }
}

/** With a sure quotation at hand a customer need not wait for a busy model. */
function quotationSuffices({ evidence, scope, channel, tier }: Trace, ports: Ports): boolean {
  const limit = ports.threshold({ topic: scope.topic, channel, tier }, 'quoted').value
  return evidence !== null && confidenceOf('quoted', evidence.signals, ports.calibration()).value >= limit
}

export const contextOf = (passages: Window[]): string => passages.map((p, i) => `Passage ${i + 1} (${p.about}):\n${p.text}`).join('\n\n')

const questionOf = (trace: Trace): string => `Question: ${trace.intake.question}\nAnswer from the passages in one or two plain sentences.`
