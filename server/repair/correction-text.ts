import { maskPersonalData } from '../../words/personal-data.ts'
import { invalid } from '../errors.ts'
import type { CorrectionFields } from '../store/correction-types.ts'

/** The catalogue's words around what staff wrote (views/texts); `{wrong}` and so on stand for that. */
export interface LetterTexts {
  opening: string
  said: string
  right: string
  why: string
  toDo: string
  closing: string
}

/** The letter, part by part, leaving out what nobody wrote. */
export function letterOf(fields: CorrectionFields, texts: LetterTexts): string {
  const { wrong, right, why, toDo } = fields
  return [
    texts.opening,
    texts.said.replace('{wrong}', () => quotable(wrong)),
    texts.right.replace('{right}', () => sentence(right)),
    why && texts.why.replace('{why}', () => sentence(why)),
    toDo && texts.toDo.replace('{toDo}', () => sentence(toDo)),
    texts.closing,
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** What staff write about an incident stands in it with personal data masked. */
export const masked = (text: string): string => maskPersonalData(text).text

/** Errors: invalid, in words, for what may not stand in a letter that goes to many. */
export function checkFields({ wrong, right, why, toDo }: CorrectionFields): void {
  if (wrong.trim() === '') throw invalid('Say first what was wrong.')
  if (right.trim() === '') throw invalid('Say first what is right: a correction without it leaves the customer alone.')
  const all = `${right}\n${why}\n${toDo}`
  if (BLAME.test(all)) throw invalid('Don’t put it on a machine. The firm said it: say what happened, and what is right.')
  const { kinds } = maskPersonalData(all)
  if (kinds.length > 0) throw invalid(`It goes to everybody, and holds personal data (${kinds.join(', ')}). Take that out.`)
}

const BLAME =
  /\b(?:AI|A\.I\.|artificial intelligence|chat ?bot|bot|algorithm|language model|the model|the machine|the computer|automated (?:system|assistant)|(?:our|the) (?:virtual |digital |AI )?assistant|hallucinat\w+)\b/i

const sentence = (text: string): string => {
  const trimmed = text.trim()
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`
}
const quotable = (text: string): string => text.trim().replaceAll('“', '‘').replaceAll('”', '’')
