import type { Rule } from './rule.ts'

/** Small doubts of the checks about a written answer that is sure enough all the same: it goes out with a caveat. */
export const doubt: Rule = {
  name: 'doubt',
  judge: ({ form, findings }) => {
    if (form !== 'written') return null
    const doubtful = findings.filter((f) => f.result === 'doubtful' && !f.advisory)
    return doubtful.length >= 2
      ? { verdict: 'caveat', why: `${doubtful.length} checks have a small doubt, such as: ${doubtful[0]?.why}` }
      : null
  },
}
