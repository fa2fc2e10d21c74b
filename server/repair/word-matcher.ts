import { sentencesOf } from '../../words/sentences.ts'
import { quantitiesOf } from '../../words/quantities.ts'
import { termsOf } from '../../words/terms.ts'
import type { ClaimMatcher, Match } from './types.ts'

/** Share of the statement's words from which a sentence with the same figures says the same. */
const SAME = 0.5

/** Compares by words and figures alone: the same figures, and half of the other words. */
export function wordMatcher(statement: string): ClaimMatcher {
  const terms = new Set(termsOf(statement))
  const figures = figuresOf(statement)
  const alike = (text: string): number => {
    const there = new Set(termsOf(text))
    const shared = [...terms].filter((t) => there.has(t)).length / Math.max(1, terms.size)
    const given = figuresOf(text)
    return [...figures].every((f) => given.has(f)) ? shared : 0
  }
  const best = (answer: string): Match => {
    const sentences = sentencesOf(answer)
    const scored = sentences.map((said) => ({ said, score: alike(answer.slice(said.start, said.end)) }))
    const first = scored.sort((a, b) => b.score - a.score)[0]
    if (!first) return { hit: false, score: 0, said: null, why: 'It is empty.' }
    const hit = first.score >= SAME
    return { ...first, hit, why: hit ? 'It gives the same figures in much the same words.' : 'It has little in common with the statement.' }
  }
  return {
    likeness: (answer) => Math.max(0, ...sentencesOf(answer).map(({ start, end }) => alike(answer.slice(start, end)))),
    match: (answers) => Promise.resolve(answers.map(best)),
  }
}

const figuresOf = (text: string): Set<string> => new Set(quantitiesOf(text).map((q) => `${q.kind} ${q.value} ${q.unit}`))
