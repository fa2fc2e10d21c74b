import { groundClaims, splitClaims } from '../checks/claims.ts'
import { runChecks, type Window } from '../checks/index.ts'
import type { Lane } from '../../models/types.ts'
import type { Trace } from '../types.ts'
import { contextOf, SYSTEM } from './write.ts'
import type { Ports } from './ports.ts'

/** Claims → evidence → findings, for the draft that the model wrote. */
export async function ground(
  trace: Trace,
  passages: Window[],
  ports: Ports,
  signal: AbortSignal,
): Promise<Pick<Trace, 'claims' | 'findings'>> {
  const { draft, findings } = trace
  if (!draft || draft.abstained) return { claims: [], findings }
  return checkAnswer(draft.text, trace.intake.question, passages, ports, { findings, signal, upset: isUpset(trace) })
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
    upset = false,
  }: { findings?: Trace['findings']; signal?: AbortSignal; lane?: Lane; upset?: boolean } = {},
): Promise<Pick<Trace, 'claims' | 'findings'>> {
  const idf = (term: string): number => ports.knowledge.idf(term)
  const claims = await groundClaims(splitClaims(answer), passages, idf, ports.embedder)
  const found = await runChecks({
    question,
    answer,
    claims,
    windows: passages,
    idf,
    embedder: ports.embedder,
    entailment: ports.entailment,
    upset,
    judge: { model: ports.model, system: SYSTEM, context: contextOf(passages), lane, ...(signal ? { signal } : {}) },
  })
  return { claims: claims.map(({ window: _window, support: _support, ...claim }) => claim), findings: [...findings, ...found] }
}
