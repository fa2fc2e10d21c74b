/** Reads what a request says against its schema. What is wrong is named field by field, all at once. */
import express, { type RequestHandler } from 'express'
import type { z } from 'zod'
import { VouchError } from '../errors.ts'

export interface FieldProblem {
  /** Dotted path, `pairs.0.claim`; empty for the body as a whole. */
  field: string
  message: string
}

/** 422: the request was understood, what it says can't be used. */
export class FieldsError extends VouchError {
  override readonly name = 'FieldsError'
  constructor(readonly fields: FieldProblem[]) {
    super(422, 'invalid-fields', fields.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; '))
  }
}

export function readFields<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value ?? {})
  if (parsed.success) return parsed.data
  throw new FieldsError(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })))
}

/** Bodies of the API: JSON or none. */
export const jsonBody: RequestHandler[] = [
  (req, _res, next) => {
    const empty = req.get('content-length') === '0' || req.is('application/json') === null
    if (empty || req.is('application/json') !== false) return next()
    next(new VouchError(415, 'not-json', 'Send the body as JSON, with `Content-Type: application/json`.'))
  },
  express.json({ limit: '2mb' }),
]
