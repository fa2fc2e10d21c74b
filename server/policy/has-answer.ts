import type { RuleInput } from './index.ts'

/** Whether there is an answer that a person could look at; without one, only a person can go on. */
export const hasAnswer = ({ evidence, abstained, form, usual }: RuleInput): boolean =>
  evidence?.enough === true && !(abstained && form === null && !usual)
