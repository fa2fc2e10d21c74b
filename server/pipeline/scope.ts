import { sentencesOf } from '../../words/sentences.ts'
import { dot } from '../checks/claims.ts'
import { DANGER } from '../policy/general-scope.ts'
import type { Intake, ScopeResult, Trace } from '../types.ts'
import type { ScopeRules, Topic, TopicRule, UrgentCase } from '../scope-types.ts'
import { largestAmount } from './amounts.ts'
import { saysNothing } from './intake.ts'
import type { Ports } from './ports.ts'

/** Cosine from which a message is taken for an urgent case, and for a topic that is not simply allowed. Chosen on the sample firm's messages. */
const URGENT_FROM = 0.55
const RESTRICTED_FROM = 0.45
/** Cosine from which a cry for help gets the text of the firm's own urgent case rather than the general one. */
const FIRM_TEXT_FROM = 0.4
/** Below this similarity to every topic the question is about something else. */
const OUT_OF_SCOPE_BELOW = 0.2

/** From the least to the most cautious. */
const RULES: TopicRule[] = ['allowed', 'approval', 'never']

/**
 * What the message is about and which rule holds for it, before anything is searched. Of a long message every sentence is looked at: what
 * stands in the story around a question may be what needs a person.
 */
export async function determineScope(intake: Intake, ports: Ports): Promise<ScopeResult> {
  const rules = ports.scope()
  const known = await vectorsOf(rules, ports)
  const vectors = await ports.embedder.embed(textsOf(intake))
  const found = vectors.map((vector) => scopeOf(vector, intake, known))
  const strictest = found.toSorted((a, b) => RULES.indexOf(b.rule) - RULES.indexOf(a.rule))[0]
  if (!strictest) throw new Error('The embedder gave no vector for the question.')
  return {
    ...strictest,
    urgent: found.find((one) => one.urgent)?.urgent ?? null,
    amount: amountAbove(intake.whole ?? intake.question, rules),
    outOfScope: found.every((one) => one.outOfScope),
  }
}

const textsOf = ({ question, whole }: Intake): string[] =>
  whole === undefined ? [question] : [question, whole, ...sentencesOf(whole).map(({ start, end }) => whole.slice(start, end))]

function scopeOf(vector: Float32Array, intake: Intake, known: KnownScope): Omit<ScopeResult, 'amount'> {
  const nearest = nearestOf(vector, known.topics)
  const restricted = nearestOf(
    vector,
    known.topics.filter(({ of }) => of.rule !== 'allowed'),
  )
  // A topic that a machine must not answer wins over an allowed one that is only a little nearer.
  const topic =
    restricted && nearest && restricted.similarity >= RESTRICTED_FROM && restricted.similarity >= nearest.similarity - 0.03
      ? restricted
      : nearest
  const rule = topic && topic.of.rule !== 'allowed' && topic.similarity < RESTRICTED_FROM ? 'allowed' : (topic?.of.rule ?? 'allowed')
  return {
    topic: topic?.of.id ?? 'general',
    similarity: topic?.similarity ?? null,
    rule,
    why: topic ? `It is about “${topic.of.title}”.` : 'The firm has named no topics.',
    urgent: urgentCase(intake, nearestOf(vector, known.urgent), nearest?.similarity ?? 0),
    outOfScope: topic !== null && topic.similarity < OUT_OF_SCOPE_BELOW,
  }
}

/**
 * The urgent case that the message is nearest to, if near enough; a cry for help counts as one without that, with the text of the
 * firm's own case where that is at all near.
 */
function urgentCase(intake: Intake, nearest: { of: UrgentCase; similarity: number } | null, topic: number): ScopeResult['urgent'] {
  // A bare "cancel" is near to "stop my transfer", and says nothing of it.
  const near = nearest !== null && nearest.similarity >= URGENT_FROM && nearest.similarity > topic - 0.05 && !saysNothing(intake)
  const cry = intake.signals.some((s) => s.signal === 'in-danger')
  const found = near || (cry && nearest !== null && nearest.similarity >= FIRM_TEXT_FROM) ? nearest?.of : cry ? DANGER : null
  return found ? { case: found.title, text: found.text } : null
}

/** Nothing needs to be searched: a person takes over, or the matter is out of scope. */
export function settlesTurn({ scope, intake }: Trace): boolean {
  return (
    scope.urgent !== null ||
    scope.rule === 'never' ||
    scope.outOfScope ||
    saysNothing(intake) ||
    intake.signals.some((s) => s.signal === 'asks-for-person')
  )
}

interface Known<T> {
  of: T
  vectors: Float32Array[]
}

interface KnownScope {
  topics: Known<Topic>[]
  urgent: Known<UrgentCase>[]
}

const cache = new WeakMap<ScopeRules, Promise<KnownScope>>()

function vectorsOf(rules: ScopeRules, { embedder }: Ports) {
  const made = cache.get(rules)
  if (made) return made
  const embed = <T extends { description: string; examples: string[] }>(list: T[]) =>
    Promise.all(list.map(async (of) => ({ of, vectors: await embedder.embed([of.description, ...of.examples]) })))
  const making = Promise.all([embed(rules.topics), embed(rules.urgent)]).then(([topics, urgent]) => ({ topics, urgent }))
  making.catch(() => cache.delete(rules))
  cache.set(rules, making)
  return making
}

/** Mean of the two nearest examples: one odd example does not decide. */
function nearestOf<T>(question: Float32Array, known: Known<T>[]): { of: T; similarity: number } | null {
  const ranked = known.map(({ of, vectors }) => {
    const near = vectors.map((v) => dot(question, v)).sort((a, b) => b - a)
    return { of, similarity: near.length > 1 ? ((near[0] ?? 0) + (near[1] ?? 0)) / 2 : (near[0] ?? 0) }
  })
  return ranked.sort((a, b) => b.similarity - a.similarity)[0] ?? null
}

function amountAbove(question: string, { amountAbove: limit }: ScopeRules): number | null {
  const largest = limit ? largestAmount(question) : 0
  return limit && largest > limit.value ? largest : null
}
