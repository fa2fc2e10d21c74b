import type { Citation, Trace } from '../../server/types.ts'

/** A stretch of an article that claims rest on, with the words that support each of them. Offsets are into `text`. */
export interface EvidencePassage {
  revision: string
  article: string
  title: string
  headings: string[]
  text: string
  marks: { start: number; end: number; claims: string[] }[]
}

/**
 * What a reviewer sees beside the answer: every passage that a claim or the quotation rests on, then the other passages
 * that the search found. The passages are those of the record, so they read as they did when the answer was made.
 */
export function evidenceOf(trace: Pick<Trace, 'claims' | 'quotation' | 'hits'>): { cited: EvidencePassage[]; others: EvidencePassage[] } {
  const passages = trace.hits.map(({ passage }) => ({ ...passage, marks: [] as EvidencePassage['marks'], from: passage.start }))
  const loose: typeof passages = []
  const add = (citation: Citation, claim: string) => {
    const place =
      [...passages, ...loose].find(
        (p) => p.revision === citation.revision && p.from <= citation.start && p.from + p.text.length >= citation.end,
      ) ?? looseOf(citation, loose)
    const start = citation.start - place.from
    const end = citation.end - place.from
    const same = place.marks.find((m) => m.start === start && m.end === end)
    if (!same) place.marks.push({ start, end, claims: [claim] })
    else if (!same.claims.includes(claim)) same.claims.push(claim)
  }
  for (const claim of trace.claims) for (const citation of claim.evidence) add(citation, `w${claim.index}`)
  trace.quotation?.sentences.forEach((s, i) => s.citations.forEach((citation) => add(citation, `q${i}`)))

  const all = [...passages, ...loose].map(({ revision, article, title, headings, text, marks }) => ({
    revision,
    article,
    title,
    headings,
    text,
    marks: flatten(marks),
  }))
  return { cited: all.filter((p) => p.marks.length > 0), others: all.filter((p) => p.marks.length === 0) }
}

/** A citation outside every passage found is shown by its own words. */
function looseOf<P>(citation: Citation, loose: P[]): P {
  const { revision, article, title, quote, start } = citation
  const place = { revision, article, title, headings: [], text: quote, marks: [], from: start } as P
  loose.push(place)
  return place
}

/** Marks that overlap are cut at each other's ends, so that they can be shown side by side. */
function flatten(marks: EvidencePassage['marks']): EvidencePassage['marks'] {
  const cuts = [...new Set(marks.flatMap((m) => [m.start, m.end]))].toSorted((a, b) => a - b)
  const pieces: EvidencePassage['marks'] = []
  for (const [i, end] of cuts.entries()) {
    const start = cuts[i - 1]
    if (start === undefined) continue
    const claims = [...new Set(marks.filter((m) => m.start <= start && m.end >= end).flatMap((m) => m.claims))]
    if (claims.length > 0) pieces.push({ start, end, claims })
  }
  return pieces
}
