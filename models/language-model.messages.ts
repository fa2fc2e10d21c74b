/** What passes between the house and the process of the language model. */
import type { Choice, ChooseRequest, Generation, GenerateRequest, Token } from './types.ts'

export interface WorkerSettings {
  file: string
  /** CPU threads */
  threads: number
  /** Tokens that a prompt and its reply may have together. */
  contextSize: number
  /** Prompts whose caches are kept warm side by side. */
  sequences: number
}

type Plain<T> = Omit<T, 'signal' | 'onToken' | 'lane'>

export type ToWorker =
  | { kind: 'load'; settings: WorkerSettings }
  | ({ kind: 'generate'; id: number } & Plain<GenerateRequest>)
  | ({ kind: 'choose'; id: number } & Plain<ChooseRequest>)
  | { kind: 'cancel'; id: number }

export type Job = Extract<ToWorker, { id: number }> & { kind: 'generate' | 'choose' }

export type FromWorker =
  /** A slice of the prompt is read: a sign of life. */
  | { kind: 'reading'; id: number }
  | { kind: 'token'; id: number; token: Token }
  | { kind: 'generated'; id: number; result: Generation }
  | { kind: 'chosen'; id: number; result: Choice }
  | { kind: 'cancelled'; id: number }
  | { kind: 'too-long'; id: number; promptTokens: number; maxTokens: number; contextSize: number }
  | { kind: 'refused'; id: number; message: string }
