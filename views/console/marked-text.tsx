import type { VNode } from 'preact'
import type { Finding, Trace } from '../../server/types.ts'
import { Lines } from '../components/text.tsx'
import { RESULT_WORDS } from './words.ts'

/** A sentence of a text that staff look at, and what the checks say of it. */
export interface MarkedSentence {
  id: string
  start: number
  end: number
  result: Finding['result'] | 'unchecked'
  /** What the checks that were not content say. */
  why: string[]
  cited: boolean
}

/** What the model wrote, if it wrote something. */
export const draftOf = (trace: Pick<Trace, 'draft'>): string | null =>
  trace.draft && !trace.draft.abstained && trace.draft.text.trim() !== '' ? trace.draft.text : null

/** The sentences of a draft, each with its worst finding. */
export function draftSentences(trace: Pick<Trace, 'claims' | 'findings'>): MarkedSentence[] {
  return trace.claims.map((claim) => {
    const findings = trace.findings.filter((f) => f.claim === claim.index)
    return {
      id: `w${claim.index}`,
      start: claim.start,
      end: claim.end,
      result: worst(findings),
      why: findings.filter((f) => f.result !== 'passed').map((f) => f.why),
      cited: claim.evidence.length > 0,
    }
  })
}

/** The sentences of a quotation: word for word what an article says, but for the introduction. */
export const quotedSentences = (quotation: NonNullable<Trace['quotation']>): MarkedSentence[] =>
  quotation.sentences
    .map((s, i) => ({ id: `q${i}`, start: s.start, end: s.end, result: 'passed' as const, why: [], cited: s.citations.length > 0 }))
    .filter((s) => s.cited)

export function worst(findings: Finding[]): MarkedSentence['result'] {
  if (findings.length === 0) return 'unchecked'
  if (findings.some((f) => f.result === 'failed')) return 'failed'
  return findings.some((f) => f.result === 'doubtful') ? 'doubtful' : 'passed'
}

/** A text with each sentence marked by its finding; a click leads to the words that it rests on. */
export function MarkedText({ text, sentences }: { text: string; sentences: MarkedSentence[] }): VNode {
  const parts = []
  let at = 0
  for (const s of sentences.toSorted((a, b) => a.start - b.start)) {
    if (s.start > at) parts.push(<Lines text={text.slice(at, s.start)} />)
    parts.push(<Claim sentence={s} text={text.slice(s.start, s.end)} />)
    at = Math.max(at, s.end)
  }
  parts.push(<Lines text={text.slice(at)} />)
  return <p class="marked-text">{parts}</p>
}

function Claim({ sentence, text }: { sentence: MarkedSentence; text: string }): VNode {
  const { shape, name } = RESULT_WORDS[sentence.result]
  return (
    <a
      id={`claim-${sentence.id}`}
      class={`claim claim-${sentence.result}`}
      href={sentence.cited ? `#evidence-${sentence.id}` : `#why-${sentence.id}`}
      data-claim={sentence.id}
      title={[`This sentence is ${name}.`, ...sentence.why].join('\n')}
    >
      <span class="claim-shape" aria-hidden="true">
        {shape}
      </span>
      <span class="sr-only">({name}) </span>
      <Lines text={text} />
    </a>
  )
}

/** Only what occurs is explained. */
export function Legend({ sentences }: { sentences: MarkedSentence[] }): VNode {
  const results = (['passed', 'doubtful', 'failed', 'unchecked'] as const).filter((r) => sentences.some((s) => s.result === r))
  return (
    <ul class="legend" aria-label="What the marks mean">
      {results.map((result) => (
        <li key={result} class={`legend-${result}`}>
          <span class="claim-shape" aria-hidden="true">
            {RESULT_WORDS[result].shape}
          </span>
          {RESULT_WORDS[result].name}
        </li>
      ))}
    </ul>
  )
}

/** What the checks say of the sentences that are not fine, each under an anchor of its own. */
export function Whys({ sentences, text }: { sentences: MarkedSentence[]; text: string }): VNode | null {
  const odd = sentences.filter((s) => s.why.length > 0 || !s.cited)
  if (odd.length === 0) return null
  return (
    <ul class="whys">
      {odd.map((s) => (
        <li id={`why-${s.id}`} class={`why why-${s.result}`} tabIndex={-1}>
          <q>{text.slice(s.start, s.end)}</q>
          <ul>
            {(s.why.length > 0 ? s.why : ['No passage of the articles was found for it.']).map((why) => (
              <li>{why}</li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
