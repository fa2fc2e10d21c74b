import { conflict } from '../errors.ts'
import type { Trace } from '../types.ts'
import type { Ports } from './ports.ts'
import { checkText, passagesNow } from './resolve-review.ts'
import { contextOf, SYSTEM } from './write.ts'

const MOST_TOKENS = 200
/** Another than the first draft's: the same words again are of no use. */
const SEED = 11

/**
 * The held draft once more, with a colleague's note as guidance, and checked like any other text. The note guides what is picked from the
 * passages and how it is said; what it states itself is no evidence, so a sentence that only the note supports fails its checks. Nothing is
 * sent: the result is an edit that a reviewer looks at. Errors: conflict when there is nothing to write from, or the model finds nothing.
 */
export async function rewrite(
  trace: Trace,
  note: string,
  ports: Omit<Ports, 'record' | 'onStage'>,
): Promise<{ text: string; checked: Pick<Trace, 'claims' | 'findings'> }> {
  const passages = await passagesNow(trace, ports)
  if (passages.length === 0)
    throw conflict(
      'Nothing was found for this question that may be answered from, so there is nothing to write from. Write the answer yourself.',
    )
  const question = `Question: ${trace.intake.question}\nA colleague's note on how to answer: ${note}\nAnswer from the passages in one or two plain sentences, and heed the note where the passages agree with it.`
  const made = await ports.model.generate({
    prompt: { system: SYSTEM, context: contextOf(passages), question },
    maxTokens: MOST_TOKENS,
    seed: SEED,
    lane: 'staff',
  })
  const text = made.text.trim()
  if (text === '' || /\bnot in the documents\b/i.test(text))
    throw conflict('The passages that were found do not say this. Write the answer yourself, or take over.')
  return { text, checked: await checkText(trace, text, ports) }
}
