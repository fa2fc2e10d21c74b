/**
 * How much care a conversation needs, 0..1, from what was noticed in it.
 *
 * Each sign counts with its weight times its strength, halved every four hours; together they count as independent reasons do:
 * care = 1 − Π (1 − weight · strength · ½^(age / 4 h)). So one more sign never lowers it, no order of signs matters, and it fades by itself.
 */
import type { Care, CareEvent } from '../care-types.ts'
import { hasAnswer } from './has-answer.ts'
import type { Rule } from './rule.ts'

export const HALF_LIFE_MS = 4 * 3_600_000
/** From here on a person looks at whatever would be sent. */
export const PERSON_FROM = 0.75

/** A contradiction alone brings a person: one of the two answers that the customer has is wrong. */
const SIGNS: Record<string, { weight: number; words: string }> = {
  'asks-for-person': { weight: 0.9, words: 'asked for a person' },
  'in-danger': { weight: 1, words: 'may be in danger' },
  contradicts: { weight: 0.8, words: 'was told otherwise elsewhere' },
  reported: { weight: 0.8, words: 'reported a mistake' },
  upset: { weight: 0.6, words: 'sounds upset' },
  'thumbs-down': { weight: 0.5, words: 'marked an answer as not helpful' },
  rephrases: { weight: 0.45, words: 'asks the same again' },
  'comes-back': { weight: 0.4, words: 'came back with the same within a day' },
}

/** `now`: ms since the epoch; events of the future count as of now. */
export function careOf(events: CareEvent[], now: number): Care {
  const felt = events.map((event) => ({ signal: event.signal, share: shareOf(event, now) }))
  const value = 1 - felt.reduce((left, { share }) => left * (1 - share), 1)
  const strongest = felt.filter(({ share }) => share >= 0.1).toSorted((a, b) => b.share - a.share)
  return { value, signs: [...new Set(strongest.map(({ signal }) => signal))] }
}

function shareOf({ signal, strength, at }: CareEvent, now: number): number {
  const weight = SIGNS[signal]?.weight ?? 0
  return weight * Math.min(1, Math.max(0, strength)) * 0.5 ** (Math.max(0, now - at) / HALF_LIFE_MS)
}

/** "asks the same again and sounds upset" */
export function careWords({ signs }: Care): string {
  const words = signs.map((signal) => SIGNS[signal]?.words ?? signal)
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '')
}

/** The confidence that is asked for in a conversation that needs care: the usual one, moved towards certainty by `care`. Above 1 (never) stays. */
export const raised = (threshold: number, care: number): number => (threshold > 1 ? threshold : threshold + (1 - threshold) * care)

/**
 * A conversation that needs much care goes to a person; one that needs some needs a surer answer. Who is upset is never told that nothing was
 * found: with no answer to give, a person takes over.
 */
export const care: Rule = {
  name: 'care',
  judge: (input) => {
    const { intake, evidence, form, usual, threshold } = input
    const felt = intake.care
    if (!felt || felt.value < 0.01 || !evidence) return null
    const who = `The customer ${careWords(felt)}`
    const upsetNow = intake.signals.some((s) => s.signal === 'upset')
    if (felt.value >= PERSON_FROM || (upsetNow && !hasAnswer(input)))
      return hasAnswer(input)
        ? { verdict: 'hold', why: `${who}: a person looks before anything goes out.` }
        : { verdict: 'escalate', why: `${who}, and the documents do not answer: a person takes over.` }
    if (form !== null || !usual) return null
    return {
      verdict: 'hold',
      why: `${who}, so ${inHundred(Math.min(threshold.written, threshold.quoted))} in 100 are asked for instead of ${inHundred(Math.min(usual.written, usual.quoted))}.`,
    }
  },
}

const inHundred = (value: number): number => Math.round(Math.min(1, value) * 100)
