/** Where a full stop does not end a sentence. */
const ABBREVIATION =
  /(?:\b(?:e\.g|i\.e|etc|approx|incl|excl|no|nos|vs|cf|mr|mrs|ms|dr|st|prof|sr|jr|ltd|inc|co|dept|ext|tel|min|max|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|a\.m|p\.m)|\b[A-Z])\.\s*$/i

/** Sentences of a stretch of prose as half-open ranges without surrounding white space (Unicode UAX #29, abbreviations joined again). */
export function sentencesOf(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  let open: number | null = null
  for (const { segment, index } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)) {
    const start: number = open ?? index
    const end = index + segment.length
    if (ABBREVIATION.test(segment) && !segment.includes('\n') && end < text.length && !startsSentence(text.slice(end))) {
      open = start
      continue
    }
    open = null
    push(found, text, start, end)
  }
  if (open !== null) push(found, text, open, text.length)
  return found
}

/** After "No." or "p.m." a capital may begin a sentence; a small letter or a figure never does. */
function startsSentence(rest: string): boolean {
  return /^\s*(?:The|A|An|If|You|We|Your|Our|This|That|It|When|For|To|In|On|There|They|Please|But|And)\b/.test(rest)
}

function push(found: { start: number; end: number }[], text: string, start: number, end: number): void {
  const piece = text.slice(start, end)
  const trimmed = piece.trim()
  if (trimmed === '') return
  const from = start + piece.indexOf(trimmed)
  found.push({ start: from, end: from + trimmed.length })
}

/** Begins like a sentence that says nothing without the one before it. */
export const LEANS =
  /^(?:it|its|this|that|these|those|they|their|he|she|such|the same|both|either|neither|then|also|so|but|however|in (?:this|that|these|those|such) cases?|after that|before that|otherwise|here|there)\b/i
