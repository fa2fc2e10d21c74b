import { sentencesOf } from '../../words/sentences.ts'
import { termsOf, wordsOf } from '../../words/terms.ts'
import type { Check } from './check.ts'

/** Words that turn or bound a statement, by what they do. */
const CUES = {
  not: /\b(?:not|no|never|none|neither|nor|nobody|nothing|without|cannot|can't|won't|don't|doesn't|didn't|isn't|aren't|wasn't|weren't|hasn't|haven't|wouldn't|shouldn't|couldn't|mustn't|unable|refuse[sd]?|excluded?|except)\b|n't\b/gi,
  only: /\b(?:only|solely|exclusively|except|unless|apart from|other than)\b/gi,
  must: /\b(?:must|have to|has to|need to|needs to|required|compulsory|obliged)\b/gi,
  may: /\b(?:may|can|could|might|optional|allowed|able to|possible)\b/gi,
}

/** What a claim denies, restricts, demands or allows, the documents do too, and the other way round. */
export const negation: Check = {
  name: 'negation',
  run: ({ claims }) =>
    claims.map((claim) => {
      const source = nearestSentence(claim.text, claim.window.text)
      const mine = cuesOf(claim.text)
      const theirs = cuesOf(source)
      const yesNo = /^(?:yes|no)\b/i.test(claim.text)
      if (!yesNo && mine.not > 0 !== theirs.not > 0 && mine.only === 0 && theirs.only === 0) {
        return {
          check: 'negation',
          claim: claim.index,
          result: 'failed',
          why: mine.not > 0 ? 'This denies what the documents seem to say.' : 'The documents deny or exclude what this says.',
        }
      }
      if (theirs.only > 0 && mine.only === 0 && mine.not === 0)
        return {
          check: 'negation',
          claim: claim.index,
          result: 'doubtful',
          why: 'The documents restrict this (“only”, “except”, “unless”), the sentence doesn’t.',
        }
      if (mine.must > 0 && theirs.must === 0 && theirs.may > 0)
        return { check: 'negation', claim: claim.index, result: 'doubtful', why: 'The sentence demands what the documents only allow.' }
      return {
        check: 'negation',
        claim: claim.index,
        result: 'passed',
        why: 'It denies and restricts no more and no less than the documents.',
      }
    }),
}

function cuesOf(text: string): Record<keyof typeof CUES, number> {
  const plain = text.replaceAll('’', "'")
  const count = (pattern: RegExp): number => plain.match(pattern)?.length ?? 0
  return { not: count(CUES.not), only: count(CUES.only), must: count(CUES.must), may: count(CUES.may) }
}

/** The sentence or line of the window that shares most terms with the claim. */
function nearestSentence(claim: string, window: string): string {
  const terms = termsOf(claim)
  const lines = window.split('\n').flatMap((line) => sentencesOf(line).map((s) => line.slice(s.start, s.end)))
  let best = { line: window, share: 0 }
  for (const line of lines) {
    const known = new Set(wordsOf(line).map((w) => w.term))
    const share = terms.filter((t) => known.has(t)).length / Math.sqrt(known.size + 4)
    if (share > best.share) best = { line, share }
  }
  return best.line
}
