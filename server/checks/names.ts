import { termsOf, wordsOf } from '../../words/terms.ts'
import type { Finding } from '../types.ts'
import type { Check } from './check.ts'

/** A capital in the middle of a sentence, or two in a row at its beginning: a product, plan, firm, person or place. */
const NAME = /(?<=[\p{L}\d,;:)’'"] )\p{Lu}[\p{L}\d]*(?:[ -]\p{Lu}[\p{L}\d]*)*|^\p{Lu}[\p{L}\d]*(?:[ -]\p{Lu}[\p{L}\d]*)+/gu
const COMMON =
  /^(?:I|I'm|I'll|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Yes|No)$/

/** Names of products, plans, people and places stand in the passages, or the customer named them and the passages speak of the same. */
export const names: Check = {
  name: 'names',
  run: ({ claims, question, windows }) => {
    const asked = spelled(question)
    return claims.flatMap((claim): Finding[] => {
      const found = namesOf(claim.text)
      if (found.length === 0) return []
      const here = spelled(`${claim.window.about} ${claim.window.text}`)
      const anywhere = spelled(windows.map((w) => `${w.about} ${w.text}`).join(' '))
      const unknown = found.filter((name) => !inside(name, here) && !inside(name, asked) && !inside(name, anywhere))
      if (unknown.length > 0)
        return [
          {
            check: 'names',
            claim: claim.index,
            result: 'failed',
            why: `The documents do not name ${unknown.map((n) => `“${n}”`).join(', ')}.`,
          },
        ]
      const elsewhere = found.filter((name) => !inside(name, here))
      if (elsewhere.length > 0)
        return [
          {
            check: 'names',
            claim: claim.index,
            result: 'doubtful',
            why: `The passage that supports this does not name ${elsewhere.map((n) => `“${n}”`).join(', ')}.`,
          },
        ]
      return [{ check: 'names', claim: claim.index, result: 'passed', why: 'Every name stands in the passage that supports this.' }]
    })
  },
}

export const namesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(NAME)].map((m) => (m.index === 0 ? withoutOpening(m[0]) : m[0])).filter((n) => !COMMON.test(n))),
]

/** "With Boiler Care Plus, we come …": the sentence begins with a small word, the name with the next one. */
const withoutOpening = (name: string): string => {
  const [first = '', ...rest] = name.split(' ')
  return rest.length > 0 && (termsOf(first).length === 0 || OPENING.test(first)) ? rest.join(' ') : name
}
const OPENING = /^(?:Under|After|Before|During|Between|Within|Without|Since|Unless|Although|Because|Each|Every|Both|Also)$/

const spelled = (text: string): string =>
  ` ${wordsOf(text)
    .map((w) => w.term)
    .join(' ')} `
const inside = (name: string, text: string): boolean => text.includes(spelled(name))
