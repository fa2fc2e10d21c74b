import { groundClaims, splitClaims } from '../checks/claims.ts'
import { runChecks, type Around } from '../checks/index.ts'
import type { Window } from '../checks/check.ts'
import type { Lane } from '../../models/types.ts'
import type { Trace } from '../types.ts'
import type { Meter } from './meter.ts'
import type { Ports } from './ports.ts'
import { spareOf } from './spare.ts'
import { contextOf, SYSTEM } from './write.ts'

/** Claims → evidence → findings, for the draft that the model wrote. */
export async function ground(
  trace: Trace,
  passages: Window[],
  ports: Ports,
  meter: Meter,
  signal: AbortSignal,
): Promise<Pick<Trace, 'claims' | 'findings'>> {
  const { draft, findings } = trace
  if (!draft || draft.abstained) return { claims: [], findings }
  const around: Around = {
    spare: (claims, soFar) => spareOf(trace, claims, [...findings, ...soFar], ports.calibration()),
    skip: meter.skip,
    measure: meter.measure,
  }
  const metered = { ...ports, model: meter.model }
  return checkAnswer(draft.text, trace.intake.question, passages, metered, { findings, signal, around, upset: isUpset(trace) })
}

/** In this message, or earlier in the conversation and not yet faded. */
export const isUpset = ({ intake }: Pick<Trace, 'intake'>): boolean => intake.care?.signs.includes('upset') ?? false

/** The same checks for any text: a draft, and what a reviewer made of it. */
export async function checkAnswer(
  answer: string,
  question: string,
  passages: Window[],
  ports: Pick<Ports, 'knowledge' | 'embedder' | 'entailment' | 'model'>,
  {
    findings = [],
    signal,
    lane = 'customer',
    around,
    upset = false,
  }: { findings?: Trace['findings']; signal?: AbortSignal; lane?: Lane; around?: Around; upset?: boolean } = {},
): Promise<Pick<Trace, 'claims' | 'findings'>> {
  const idf = (term: string): number => ports.knowledge.idf(term)
  const claims = await groundClaims(splitClaims(answer), passages, idf, ports.embedder)
  const { embedder, entailment, model } = ports
  const judge = { model, system: SYSTEM, context: contextOf(passages), lane, ...(signal ? { signal } : {}) }
  const input = { question, answer, claims, windows: passages, idf, embedder, entailment, upset, judge }
  const found = await runChecks(input, undefined, around)
  return { claims: claims.map(({ window: _window, support: _support, ...claim }) => claim), findings: [...findings, ...found] }
}
