/** What the pipeline needs of the rest of the house. `context.ts` wires the real ones, tests pass fakes. */
import type { KnowledgeBase } from '../../kb/types.ts'
import type { Embedder, EntailmentModel, LanguageModel } from '../../models/types.ts'
import type { TurnRecord } from '../store/types.ts'
import type { Form, ScopeRules, Segment, Stage, Threshold } from '../types.ts'

export interface Ports {
  /** ms since the epoch */
  clock: () => number
  knowledge: KnowledgeBase
  embedder: Embedder
  model: LanguageModel
  entailment: EntailmentModel | null
  scope: () => ScopeRules
  threshold: (segment: Segment, form: Form) => Threshold
  /** Durable when it returns; `stale` when a cited revision is no longer in force. Throws when the record can't be written. */
  record: (record: TurnRecord) => { result: 'recorded' } | { result: 'stale'; revisions: string[] }
  onStage: (turn: string, stage: Stage) => void
}
