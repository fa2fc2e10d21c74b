import type { Check } from './check.ts'

/** Below `UNSUPPORTED` of a claim's weight in words, the passages do not say it; below `THIN` it is in doubt. */
const UNSUPPORTED = 0.45
const THIN = 0.7

/** Every claim has evidence: the words that carry it stand in one window of the passages. */
export const evidence: Check = {
  name: 'evidence',
  run: ({ claims, answer }) => {
    if (claims.length === 0)
      return [
        {
          check: 'evidence',
          claim: null,
          result: 'failed',
          why: answer.trim() === '' ? 'There is no answer to check.' : 'The answer says nothing that could be checked.',
        },
      ]
    return claims.map((claim) => {
      const coverage = claim.support.coverage ?? 0
      const result = coverage < UNSUPPORTED ? 'failed' : coverage < THIN ? 'doubtful' : 'passed'
      const why = {
        failed: 'The documents found for this question do not say this.',
        doubtful: 'Only part of this sentence stands in the documents found for this question.',
        passed: 'The documents say this.',
      }[result]
      return { check: 'evidence', claim: claim.index, result, why, signals: claim.support } as const
    })
  },
}
