import type { Embedder, EntailmentModel, Lane, LanguageModel } from '../../models/types.ts'
import type { Citation, Claim, Finding } from '../types.ts'

/** A stretch of an article that a claim may rest on, at most about 110 words, with the blocks in it that can be cited. */
export interface Window {
  text: string
  /** What it is part of: title and headings. */
  about: string
  cites: { text: string; citation: Citation }[]
}

/** A claim and the window that supports it best, with how well it does. */
export interface GroundedClaim extends Claim {
  window: Window
  support: Record<string, number>
}

export interface CheckInput {
  question: string
  answer: string
  claims: GroundedClaim[]
  windows: Window[]
  idf: (term: string) => number
  embedder: Embedder
  /** Null where there is none. */
  entailment?: EntailmentModel | null
  /** What the entailment model reads instead of the windows: a premise that came as one text. */
  premise?: string
  /** The customer sounds upset. */
  upset?: boolean
  /** The answering model, with the passages of the draft warm in its cache; null where it isn't to be asked. */
  judge: { model: LanguageModel; system: string; context: string; lane: Lane; signal?: AbortSignal } | null
}

export interface Check {
  name: string
  /** Why there is nothing to run here, if so. */
  absent?: (input: CheckInput) => string | null
  run: (input: CheckInput) => Finding[] | Promise<Finding[]>
}
