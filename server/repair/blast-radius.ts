/** Everyone whom the same mistake reached: who was told from the wrong words, and who was told the same in other words. */
import { setImmediate as breathe } from 'node:timers/promises'
import { maskPersonalData } from '../../words/personal-data.ts'
import { sentencesOf } from '../../words/sentences.ts'
import type { NewHit } from '../store/incident-types.ts'
import type { ReachStore, RevisionSpan, ToldAnswer } from '../store/reach-types.ts'
import type { ClaimMatcher, Match, ReachProgress, Wrong } from './types.ts'

export interface ReachPorts {
  reach: ReachStore
  /** The words of a revision. */
  revision: (id: string) => { text: string } | null
  matcher: (statement: string) => Promise<ClaimMatcher>
}

/** Answers decrypted at a stretch: some milliseconds, after which others get their turn. */
const SLICE = 200
/** Different texts compared closely at a stretch. */
const BATCH = 16
/** Below this likeness by words and figures, an answer is not compared closely. Measured: docs/measurements.md. */
const FLOOR = 0.15
/** Of an answer from one of the named articles, this much less likeness makes it one. */
const NEAR = 0.5
/** Words of a piece of a passage from which it says something by itself. */
const TELLING = 4

type Known = Omit<NewHit, 'delivered' | 'seen' | 'cameBack'>

/**
 * Oldest first. Reads every answer there is in slices, compares closely only what shares words or figures with the statement, and each text
 * once however often it was sent. Errors: what `signal` aborts with.
 */
export async function blastRadius(
  wrong: Wrong,
  ports: ReachPorts,
  onProgress: (progress: ReachProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<NewHit[]> {
  const found = new Map<string, Known>()
  for (const one of byPassage(wrong.spans, ports)) found.set(one.message, one)
  const matcher = await ports.matcher(wrong.statement)
  const candidates = await likelyAnswers(matcher, ports.reach, (looked, of) => onProgress({ looked, of, found: found.size }), signal)
  const near = new Set(wrong.articles.flatMap((article) => [...ports.reach.citingArticle(article)]))
  const texts = [...candidates.keys()]
  for (let from = 0; from < texts.length; from += BATCH) {
    signal?.throwIfAborted()
    const batch = texts.slice(from, from + BATCH)
    const matches = await matcher.match(batch, signal)
    batch.forEach((text, i) => {
      const said = matches[i]
      // It quotes the answer, and is kept with the incident.
      const match = said && { ...said, why: maskPersonalData(said.why).text }
      for (const answer of candidates.get(text) ?? []) if (match) weigh(found, answer, match, near.has(answer.message))
    })
    onProgress({ looked: Math.min(from + BATCH, texts.length), of: texts.length, found: found.size })
    await breathe()
  }
  return withAfterwards([...found.values()], ports.reach, signal)
}

/** What became of each, oldest first. */
async function withAfterwards(found: Known[], reach: ReachStore, signal: AbortSignal | undefined): Promise<NewHit[]> {
  const all: NewHit[] = []
  for (const one of found.toSorted((a, b) => a.at - b.at)) {
    all.push({ ...one, ...reach.afterwards(one) })
    if (all.length % SLICE !== 0) continue
    signal?.throwIfAborted()
    await breathe()
  }
  return all
}

/** Who was told from these words, in this revision or in any other that holds them. */
function byPassage(spans: RevisionSpan[], { reach, revision }: ReachPorts): Known[] {
  const wanted = new Map<string, RevisionSpan & { why: string }>()
  const want = (span: RevisionSpan, why: string): void => {
    const key = `${span.revision}:${span.start}-${span.end}`
    if (!wanted.has(key)) wanted.set(key, { ...span, why })
  }
  for (const span of spans) want(span, 'It cites the wrong words.')
  for (const span of spans)
    for (const piece of piecesOf(revision(span.revision)?.text.slice(span.start, span.end) ?? ''))
      for (const same of reach.holding(piece))
        if (same.revision !== span.revision) want(same, `It cites the same words in another version or article (${same.article}).`)
  return reach.citing([...wanted.values()]).map(({ cited, ...answer }) => ({
    ...answer,
    via: 'passage',
    score: 1,
    said: null,
    why: [...new Set(cited.map((c) => wanted.get(`${c.revision}:${c.start}-${c.end}`)?.why ?? ''))],
  }))
}

/** Lines and sentences that say something by themselves: an edit elsewhere in the passage leaves them as they are. */
function piecesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => sentencesOf(line).map(({ start, end }) => line.slice(start, end)))
    .filter((piece) => piece.split(/\s+/).length >= TELLING)
}

/** All answers with something in common with the statement, by their text. */
async function likelyAnswers(
  matcher: ClaimMatcher,
  reach: ReachStore,
  onLooked: (looked: number, of: number) => void,
  signal: AbortSignal | undefined,
): Promise<Map<string, ToldAnswer[]>> {
  const of = reach.size()
  const byText = new Map<string, ToldAnswer[]>()
  const dull = new Set<string>()
  let looked = 0
  for (let from: number | null = 0; from !== null;) {
    signal?.throwIfAborted()
    const { answers, next } = reach.slice(from, SLICE)
    for (const { text, ...answer } of answers) {
      const same = byText.get(text)
      if (same) same.push(answer)
      else if (!dull.has(text)) {
        if (matcher.likeness(text) >= FLOOR) byText.set(text, [answer])
        else dull.add(text)
      }
    }
    looked += answers.length
    onLooked(looked, of)
    from = next
    await breathe()
  }
  return byText
}

function weigh(found: Map<string, Known>, answer: ToldAnswer, match: Match, near: boolean): void {
  const before = found.get(answer.message)
  if (before) {
    // It rests on the words themselves: a guess at what its text may be about would only confuse.
    if (match.hit) found.set(answer.message, { ...before, said: match.said, why: [...before.why, 'Its text says it, as marked.'] })
    return
  }
  if (!match.hit && !(near && match.score >= NEAR)) return
  const why = match.hit ? [match.why] : [match.why, 'It was told from an article that said it.']
  found.set(answer.message, { ...answer, via: 'claim', score: match.score, said: match.said, why })
}
