/** The queue of a model is full. `waitMs` is an estimate of when it is worth to come back. */
export class BusyError extends Error {
  override readonly name = 'BusyError'
  constructor(readonly waitMs: number) {
    super(`The model is busy; try again in about ${Math.ceil(waitMs / 1000)} s.`)
  }
}

/** The request was given up by whoever made it. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError'
  constructor() {
    super('Cancelled.')
  }
}

/** The model's process died while it worked on this request, and once more when it was tried again. */
export class ModelDiedError extends Error {
  override readonly name = 'ModelDiedError'
  constructor(readonly detail: string) {
    super(`The model's process ended unexpectedly: ${detail}`)
  }
}
