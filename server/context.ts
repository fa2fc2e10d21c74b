/** The only place that wires things. Tests pass overrides. */
import type { Embedder, EntailmentModel, LanguageModel } from '../models/types.ts'
import type { IngestReport, KnowledgeBase } from '../kb/types.ts'
import type { Config } from './config.ts'
import type { Logger } from './log.ts'
import type { Store } from './store/types.ts'
import type { Turns } from './pipeline/turns.ts'

export interface Knowledge extends KnowledgeBase {
  /** Takes in files or folders. `retireMissing`: what is not there any more is retired. */
  ingest(
    paths: string[],
    options: { actor: string; retireMissing: boolean; onProgress?: (done: number, total: number, file: string) => void },
  ): Promise<IngestReport>
  close(): Promise<void>
}

export interface Context {
  config: Config
  log: Logger
  clock: () => number
  /** Cryptographically random bytes as lower-case base32. */
  newId: (prefix: string) => string
  store: Store
  knowledge: Knowledge
  embedder: Embedder
  model: LanguageModel
  entailment: EntailmentModel | null
  turns: Turns
  close(): Promise<void>
}
