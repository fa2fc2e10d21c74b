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

/** The prompt and the reply that was asked for do not fit into what the model can see at once. */
export class PromptTooLongError extends Error {
  override readonly name = 'PromptTooLongError'
  constructor(
    readonly promptTokens: number,
    readonly maxTokens: number,
    readonly contextSize: number,
  ) {
    super(
      `The prompt has ${promptTokens} tokens and may get a reply of ${maxTokens}, but the model sees only ${contextSize} at once. ` +
        'Give it fewer or shorter passages.',
    )
  }
}

/** The model can't be used: its weights are missing or damaged, or this processor can't run it. `message` says what to do. */
export class ModelUnavailableError extends Error {
  override readonly name = 'ModelUnavailableError'
}
