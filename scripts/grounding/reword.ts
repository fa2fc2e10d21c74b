import { choose, shuffled } from './edits.ts'

const SYNONYMS: [RegExp, string[]][] = [
  [/\bYou can\b/, ['Customers can', 'You are able to']],
  [/\byou can\b/, ['customers can', 'you are able to']],
  [/\bcannot\b/, ["can't", 'are not able to']],
  [/\bdo not\b/, ["don't"]],
  [/\bdoes not\b/, ["doesn't"]],
  [/\bis not\b/, ["isn't"]],
  [/\bmust\b(?! not)/, ['have to', 'need to']],
  [/\bhave to\b/, ['must', 'need to']],
  [/\bcosts\b/, ['is priced at']],
  [/\bfee\b/, ['charge']],
  [/\bcharge\b/, ['fee']],
  [/\bWe (?=can|cannot|may|must|will)/, ['The company ']],
  [/\bour\b/, ["the company's"]],
  [/\bring\b/, ['call', 'phone']],
  [/\bcall\b/, ['phone', 'ring']],
  [/\bat least\b/, ['no less than', 'a minimum of']],
  [/\bup to\b/, ['a maximum of', 'at most']],
  [/\bask for\b/, ['request']],
  [/\bgive\b/, ['provide']],
  [/\bstarts\b/, ['begins']],
  [/\bfree of charge\b/, ['without charge', 'at no cost']],
  [/\bmore than\b/, ['over']],
  [/\bbuy\b/, ['purchase']],
  [/\ba year\b/, ['per year', 'every year']],
  [/\ba month\b/, ['per month', 'each month']],
]
const LENGTH = String.raw`(?= (?:working )?(?:days?|weeks?|months?|hours?|minutes?|years?)\b)`
const FIGURES: Record<string, string> = {
  '2': 'two',
  '3': 'three',
  '4': 'four',
  '5': 'five',
  '6': 'six',
  '7': 'seven',
  '10': 'ten',
  '14': 'fourteen',
}
const WORDS = Object.fromEntries(Object.entries(FIGURES).map(([figure, word]) => [word, figure]))

/** The same in other words: synonyms, figures as words and back, the condition at the other end. Equal to the text where nothing applies. */
export function reworded(text: string, random: () => number): string {
  let out = text
  for (const [pattern, others] of shuffled(SYNONYMS, random).slice(0, 16))
    if (random() < 0.8) out = out.replace(pattern, choose(others, random))
  out = out.replace(new RegExp(String.raw`(?<![\w.,£:])\d{1,2}${LENGTH}`, 'g'), (n) => (random() < 0.5 ? (FIGURES[n] ?? n) : n))
  out = out.replace(new RegExp(String.raw`\b(?:${Object.keys(WORDS).join('|')})${LENGTH}`, 'g'), (n) =>
    random() < 0.5 ? (WORDS[n] ?? n) : n,
  )
  return random() < 0.4 ? turnedAround(out) : out
}

/** "If A, B." ↔ "B if A." */
function turnedAround(text: string): string {
  const ahead = /^(If|When|Once|After|Before) ([^,]{8,90}), (.{10,})\.$/.exec(text)
  if (ahead) return `${capital(ahead[3] ?? '')} ${ahead[1]?.toLowerCase()} ${ahead[2]}.`
  const behind = /^(.{15,}?),? (if|when|once|unless) ([^,.]{8,90})\.$/.exec(text)
  if (behind) return `${capital(behind[2] ?? '')} ${behind[3]}, ${small(behind[1] ?? '')}.`
  return text
}

/** What is left when the condition is dropped: "If you ring within 14 days, we refund it." → "We refund it."; null without one. */
export function withoutCondition(text: string): string | null {
  const ahead = /^(?:If|When|Unless|Once) [^,]{8,90}, (.{12,}\.)$/.exec(text)
  if (ahead) return capital(ahead[1] ?? '')
  const behind = /^(.{20,}?),? (?:if|unless|provided that|as long as|only if|within) [^,.;]{8,90}\.$/.exec(text)
  return behind ? `${behind[1]}.` : null
}

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
/** "I" and abbreviations keep theirs. */
export const small = (text: string): string => (/^(?:[A-Z][a-z]|A )/.test(text) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text)
