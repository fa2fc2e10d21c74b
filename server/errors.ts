/** Errors that a caller can do something about. `status` and `type` are for HTTP (RFC 9457); `message` says what to do. */
export class VouchError extends Error {
  override readonly name: string = 'VouchError'
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    readonly retryAfterS: number | null = null,
  ) {
    super(message)
  }
}

export const notFound = (what: string): VouchError => new VouchError(404, 'not-found', `There is no such ${what}.`)
export const forbidden = (why: string): VouchError => new VouchError(403, 'forbidden', why)
export const unauthorized = (why: string): VouchError => new VouchError(401, 'unauthorized', why)
export const invalid = (why: string): VouchError => new VouchError(400, 'invalid', why)
export const conflict = (why: string): VouchError => new VouchError(409, 'conflict', why)
export const busy = (why: string, retryAfterS: number): VouchError => new VouchError(503, 'busy', why, retryAfterS)

/** The record can't be written: nothing may be answered until it can. */
export const recordUnavailable = (): VouchError =>
  new VouchError(
    503,
    'record-unavailable',
    'The record cannot be written at the moment, so no answer can be sent. Please try again shortly.',
    10,
  )
