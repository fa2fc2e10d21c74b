import type { Rule } from './index.ts'

/** The checks read English: what they say of an answer in another language is worth little. */
export const language: Rule = {
  name: 'language',
  judge: ({ intake }) =>
    intake.language === 'en'
      ? null
      : { verdict: 'hold', why: `The question seems to be in another language (${intake.language}); answers are checked in English only.` },
}
