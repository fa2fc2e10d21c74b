import type { Verdict } from '../types.ts'
import { asksBack } from './asks-back.ts'
import type { RuleInput } from './rule.ts'

/**
 * From this confidence of the quotation on, the model's "not in the documents" is not believed by itself: of three firms' questions whose
 * quotation scored 0.6 to 0.92, 116 were answered by the documents and 10 were near misses.
 */
const LIKELY_THERE = 0.6

/** The model found no answer, and neither did anything else. */
export const foundNothing = ({ abstained, form, usual, confidence }: RuleInput): boolean =>
  abstained && form === null && !usual && (confidence.quoted?.value ?? 0) < LIKELY_THERE

/** Whether there is an answer that a person could look at; without one, only a person can go on. */
export const hasAnswer = (input: RuleInput): boolean => input.evidence?.enough === true && !foundNothing(input)

/**
 * Something that a person has to see: they decide about the answer, and where there is none, they take over. "Not in our documents" would
 * leave the customer without anybody. What asks for nothing needs nobody.
 */
export const forPerson = (input: RuleInput, why: string): { verdict: Verdict; why: string } =>
  hasAnswer(input) || asksBack.judge(input)
    ? { verdict: 'hold', why }
    : { verdict: 'escalate', why: `${why} There is no answer to look at, so a person takes over.` }
