import { createHash } from 'node:crypto'
import type { Confidence, Form } from '../types.ts'
import shipped from './confidence.json' with { type: 'json' }

/** A logistic model over named signals: confidence = σ(bias + Σ weight · (clip(signal) − centre) / spread). */
export interface LogisticModel {
  bias: number
  signals: Record<string, { weight: number; centre: number; spread: number; min: number; max: number }>
}

export interface ConfidenceModels {
  version: string
  /** Confidence of the quotation below which nothing is written: the question counts as not answered by the documents. */
  enough: number
  /** Provisional thresholds of a fresh install. */
  thresholds: Record<Form, number>
  forms: Record<Form, LogisticModel>
}

export const SHIPPED: ConfidenceModels = shipped

/** The calibrated probability that an answer of this form is right. A signal that is missing counts as its most cautious value. */
export function confidenceOf(form: Form, signals: Record<string, number>, models: ConfidenceModels): Confidence {
  const { bias, signals: terms } = models.forms[form]
  const contributions = Object.entries(terms).map(([signal, t]) => {
    const given = signals[signal]
    const value = given === undefined || Number.isNaN(given) ? (t.weight > 0 ? t.min : t.max) : Math.min(t.max, Math.max(t.min, given))
    return { signal, value, effect: (t.weight * (value - t.centre)) / t.spread }
  })
  const logit = contributions.reduce((sum, c) => sum + c.effect, bias)
  return { value: 1 / (1 + Math.exp(-logit)), contributions }
}

/** Hash of the weights: part of what a decision was made by. */
export const confidenceHash = (models: ConfidenceModels): string => createHash('sha256').update(JSON.stringify(models)).digest('hex')
