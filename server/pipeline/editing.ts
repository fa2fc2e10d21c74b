/**
 * A reviewer's text is checked before it may be sent, and a draft may be written again. With the model busy both take a while: they go on when the
 * page is left, pages watch how far they are, and what was typed is kept until the review is decided.
 */
import type { LanguageModel } from '../../models/types.ts'
import type { Edit, Review } from '../conversation-types.ts'
import { VouchError } from '../errors.ts'
import { splitClaims } from '../checks/claims.ts'
import type { Logger } from '../log.ts'
import type { Form, Trace } from '../types.ts'
import { checkText } from './resolve-review.ts'
import { rewrite } from './rewrite.ts'
import type { Ports } from './ports.ts'

export interface Editing {
  /** Settles when the text is checked, or could not be; `of` says which. */
  check(review: Review, staff: string, of: { trace: Trace; form: Form; text: string }): Promise<void>
  /** The same for a draft that is written again with a colleague's word as guidance. */
  rewrite(review: Review, staff: string, of: { trace: Trace; guidance: string }): Promise<void>
  /** What could not be sent, and why: it can be mended and checked again. */
  keep(review: Review, staff: string, of: { form: Form; text: string; why: string }): void
  /** What somebody has begun at a review; null: nothing. */
  of(review: string, staff: string): Edit | null
  /** The review is decided, by whoever has sent or left this. */
  drop(review: string, staff: string): void
}

interface Needs {
  ports: Omit<Ports, 'record' | 'onStage'>
  /** Something about it has changed. */
  announce: (review: Review) => void
  log: Logger
}

/** So many are kept, the newest: somebody who leaves one behind for good must not fill the memory. */
const KEPT = 200

export function createEditing({ ports, announce, log }: Needs): Editing {
  const edits = new Map<string, Edit>()

  function set(review: Review, staff: string, edit: Edit): void {
    const key = `${review.id} ${staff}`
    edits.delete(key)
    edits.set(key, edit)
    const oldest = edits.size > KEPT ? edits.keys().next().value : undefined
    if (oldest !== undefined) edits.delete(oldest)
    announce(review)
  }

  /** Only the newest run of somebody at a review says how it ended. */
  async function run(
    review: Review,
    staff: string,
    begun: Edit,
    work: (model: LanguageModel) => Promise<Pick<Edit, 'text' | 'checked'>>,
  ): Promise<void> {
    let now = begun
    const is = (): boolean => edits.get(`${review.id} ${staff}`) === now
    const go = (next: Edit): void => {
      if (!is()) return
      now = next
      set(review, staff, next)
    }
    set(review, staff, begun)
    try {
      const made = await work(counting(ports.model, () => go({ ...now, asked: now.asked + 1 })))
      go({ ...now, ...made, state: 'checked' })
    } catch (error) {
      const known = error instanceof VouchError && error.status < 500
      if (!known) log.error({ err: error, review: review.id }, 'a text could not be checked')
      go({ ...now, state: 'failed', why: known ? error.message : 'It could not be checked. Your text is still here; please try again.' })
    }
  }

  return {
    check(review, staff, { trace, form, text }) {
      const begun = { state: 'checking', form, text, asked: 0, sentences: splitClaims(text).length, checked: null, why: null } as const
      return run(review, staff, begun, async (model) => ({ text, checked: await checkText(trace, text, { ...ports, model }) }))
    },
    rewrite(review, staff, { trace, guidance }) {
      const begun = { state: 'writing', form: 'written', text: '', asked: 0, sentences: 0, checked: null, why: null } as const
      return run(review, staff, begun, (model) => rewrite(trace, guidance, { ...ports, model }))
    },
    keep(review, staff, { form, text, why }) {
      set(review, staff, { state: 'failed', form, text, asked: 0, sentences: 0, checked: null, why })
    },
    of: (review, staff) => edits.get(`${review} ${staff}`) ?? null,
    drop(review, staff) {
      edits.delete(`${review} ${staff}`)
    },
  }
}

/** The model, and word of each question that it has answered: one a sentence. */
function counting(model: LanguageModel, onAnswer: () => void): LanguageModel {
  return {
    identity: model.identity,
    generate: (request) => model.generate(request),
    async choose(request) {
      const choice = await model.choose(request)
      onAnswer()
      return choice
    },
    status: () => model.status(),
    close: () => model.close(),
  }
}
