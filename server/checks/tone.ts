import type { Check } from './check.ts'

const CHEERFUL =
  /\b(?:great (?:question|news|choice)|good (?:question|news)|happy to help|glad (?:to|you)|delighted|pleased to|wonderful|awesome|fantastic|brilliant|exciting|excited|enjoy|no worries|no problem|don't worry|have a (?:great|nice|lovely|good) (?:day|one|time)|congratulations|simply|easy as|it's easy|super|yay|hooray|cheers)\b|!|[\u{1F600}-\u{1F64F}\u{1F389}\u{1F44D}\u{2728}]|[:;]-?\)/giu
/** Wrong towards anybody: it blames, lectures or brushes off. */
const RUDE =
  /\b(?:calm down|as (?:i|we) (?:already |have already )?(?:said|told you|explained|mentioned)|you (?:should|must|ought to) have (?:known|read|checked|told|asked|listened)|your own fault|it(?:'s| is) your fault|obviously|that's not (?:my|our) problem|not our problem|you failed to|you don't understand|whatever you)\b/gi

/** How the draft speaks to this customer: no cheer for somebody who is upset, no blame for anybody. */
export const tone: Check = {
  name: 'tone',
  run: ({ answer, upset }) => {
    const rude = found(answer, RUDE)
    if (rude) return [{ check: 'tone', claim: null, result: 'failed', why: `“${rude}” blames or lectures the customer.` }]
    const cheer = found(answer, CHEERFUL)
    if (cheer && upset)
      return [{ check: 'tone', claim: null, result: 'failed', why: `The customer is upset, and “${cheer}” sounds cheerful.` }]
    return [{ check: 'tone', claim: null, result: 'passed', why: upset ? 'It is sober, as an upset customer needs.' : 'Its tone is fine.' }]
  },
}

const found = (text: string, pattern: RegExp): string | null => text.replaceAll('’', "'").match(pattern)?.[0] ?? null
