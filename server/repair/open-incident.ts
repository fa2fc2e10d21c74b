import type { KnowledgeBase } from '../../kb/types.ts'
import { maskPersonalData } from '../../words/personal-data.ts'
import { notFound } from '../errors.ts'
import type { Message } from '../conversation-types.ts'
import type { Incident, Origin, Source } from '../store/incident-types.ts'
import type { Mistake } from '../store/label-types.ts'
import type { Store } from '../store/types.ts'
import type { Actor, Trace } from '../types.ts'
import { candidatesOfArticle, candidatesOfMessage, candidatesOfTrace, type Candidate } from './candidates.ts'

/** From where, and what is known there already: the answer (or its turn), the article, the sentence that was marked, what it was called. */
export interface Found extends Origin {
  message?: string | undefined
  turn?: string | undefined
  article?: string | undefined
  statement?: string | undefined
  kind?: Mistake | undefined
}

interface Needs {
  store: Pick<Store, 'conversations' | 'turns' | 'reviews' | 'knowledge' | 'incidents'>
  knowledge: Pick<KnowledgeBase, 'blocks' | 'revision'>
}

/** Opens it with all that is known where it was found, or gives the one that was opened from there and is not closed. Errors: notFound. */
export async function openIncident(found: Found, needs: Needs, by: Actor): Promise<Incident> {
  const { incidents } = needs.store
  const origin: Origin = { from: found.from, id: found.id }
  const known = incidents.openedFrom(origin)
  if (known) return known
  const about = await aboutOf(found, needs)
  const marked = found.statement?.trim()
  const said = marked ? about.candidates.filter(({ text }) => marked.includes(text) || text.includes(marked)) : about.candidates
  // Of a whole article nobody has said yet which sentence it is.
  const whole = !marked && about.message === null && (found.from === 'article' || found.article !== undefined)
  const wrong = marked ? maskPersonalData(marked).text : whole ? '' : said.map(({ text }) => text).join(' ')
  // Somebody else may have opened it while its sentences were looked for.
  const meanwhile = incidents.openedFrom(origin)
  if (meanwhile) return meanwhile
  return incidents.open(
    {
      origin,
      message: about.message,
      article: found.article ?? null,
      question: about.question,
      wrong,
      right: '',
      source: null,
      spans: whole ? [] : distinct(said.flatMap(({ spans }) => spans)),
      kind: found.kind ?? 'factual',
      severity: 'medium',
      topic: about.topic,
      firstAt: about.at,
    },
    by,
  )
}

interface About {
  message: string | null
  question: string
  topic: string
  at: number | null
  candidates: Candidate[]
}

/** The sentences among which the wrong one is; asked again whenever the incident is shown. */
export const candidatesOf = async ({ origin, message, article }: Incident, needs: Needs): Promise<Candidate[]> =>
  (await aboutOf({ ...origin, message: message ?? undefined, article: article ?? undefined }, needs)).candidates

async function aboutOf(found: Found, { store, knowledge }: Needs): Promise<About> {
  const article = found.article ?? (found.from === 'article' ? found.id : null)
  if (article) {
    const row = store.knowledge.articles().find((a) => a.article === article)
    if (!row) throw notFound('article')
    return {
      message: null,
      question: '',
      topic: row.topic ?? 'general',
      at: null,
      candidates: await candidatesOfArticle(row.revision, knowledge),
    }
  }
  if (found.from === 'review') {
    const review = store.reviews.get(found.id)
    const trace = review && store.turns.trace(review.turn)
    if (!review || !trace) throw notFound('review')
    const told = store.conversations.messages(review.conversation).find((m) => m.turn === review.turn && m.kind === 'answer')
    return aboutTrace(trace, told ?? null)
  }
  const message = messageOf(found.message ?? found.id, found.turn, store)
  if (!message) {
    if (found.from === 'answer') throw notFound('answer')
    return { message: null, question: '', topic: 'general', at: null, candidates: [] }
  }
  const trace = message.turn ? store.turns.trace(message.turn) : null
  return trace
    ? aboutTrace(trace, message)
    : { message: message.id, question: '', topic: 'general', at: message.at, candidates: candidatesOfMessage(message) }
}

/** By its own id, or by that of its turn. */
function messageOf(id: string, turn: string | undefined, { conversations, turns }: Needs['store']): Message | null {
  const message = conversations.message(id)
  if (message) return message
  const summary = turns.get(turn ?? id)
  const said = summary ? conversations.messages(summary.conversation).filter((m) => m.turn === summary.id && m.author !== 'customer') : []
  return said.find((m) => m.kind === 'answer') ?? said[0] ?? null
}

const aboutTrace = (trace: Trace, told: Message | null): About => ({
  message: told?.id ?? null,
  question: trace.intake.question,
  topic: trace.scope.topic,
  at: told?.at ?? null,
  candidates: told?.kind === 'answer' ? candidatesOfMessage(told) : candidatesOfTrace(trace),
})

function distinct(spans: Source[]): Source[] {
  return [...new Map(spans.map((s) => [`${s.revision}:${s.start}`, s])).values()]
}
