import { forPerson } from './has-answer.ts'
import type { Rule } from './rule.ts'

/** The checks read English: what they say of an answer in another language is worth little. */
export const language: Rule = {
  name: 'language',
  judge: (input) => {
    const { language } = input.intake
    if (language === 'en') return null
    return forPerson(input, `The question seems to be in another language (${language}); answers are checked in English only.`)
  },
}
