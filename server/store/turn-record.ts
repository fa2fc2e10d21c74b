/** What was decided of a turn, into the record: one transaction, durable before a byte of the answer leaves. */
import { millionths, sha256 } from '../audit/entry.ts'
import { conflict, notFound } from '../errors.ts'
import type { Citation, Finding } from '../types.ts'
import { conversationOf } from './conversations.ts'
import type { Event } from './db.ts'
import type { Messages } from './messages.ts'
import type { Parts } from './parts.ts'
import { stampOf } from './quarantines.ts'
import { scoring } from './scored.ts'
import { noticing } from './signals.ts'
import type { TurnRecord, TurnStore } from './types.ts'

export function recordOf(parts: Parts, messages: Messages): TurnStore['record'] {
  const { db, bodies, keys, newId } = parts
  const conversation = conversationOf(parts)
  const stale = staleOf(parts)
  const newestQuarantine = stampOf(parts)
  const keepScores = scoring(parts)
  const keepSignals = noticing(parts)
  const started = db.read<{ at: number; state: string; conversation: string }>('SELECT at, state, conversation FROM turns WHERE id = ?')
  const decide = db.write(
    `UPDATE turns SET state = 'done', topic = @topic, verdict = @verdict, form = @form, confidence = @confidence, took = @took, trace = @trace
     WHERE id = @id`,
  )
  const review = db.write(
    `INSERT INTO reviews (id, turn, conversation, topic, channel, tier, confidence, reason, at, due)
     VALUES (@id, @turn, @conversation, @topic, @channel, @tier, @confidence, @reason, @at, @due)`,
  )
  const gap = db.write('INSERT INTO gaps (id, turn, topic, at) VALUES (@id, @turn, @topic, @at)')
  const wait = db.write("UPDATE conversations SET state = 'waiting', assignee = NULL WHERE id = @id AND state = 'machine'")

  return (input) =>
    db.atomic(() => {
      const { trace } = input
      const turn = started.get(trace.turn)
      if (!turn) throw notFound('turn')
      if (turn.state !== 'running') throw conflict(`This turn has ended already (${turn.state}).`)
      const gone = stale(citedIn(input))
      if (gone.length > 0 || newestQuarantine() > (input.quarantine ?? Infinity)) return { result: 'stale', revisions: gone }

      const { customer, id } = conversation(turn.conversation)
      const prepared = messages.prepare({ ...input.message, conversation: id, author: 'vouch', turn: trace.turn }, customer)
      const sealed = bodies.seal(customer, trace)
      const held = input.review && { id: newId('rev'), due: input.review.due, reason: bodies.seal(customer, input.review.reason) }
      const confidence = millionths(trace.decision.confidence)
      const event: Event = {
        type: 'turn.recorded',
        actor: 'system',
        conversation: id,
        turn: trace.turn,
        data: { ...summary(input, (text) => keys.digest(customer, text)), message: prepared.id, review: held && held.id },
        body: sealed,
        bodies: [prepared.sealed, ...(held ? [held.reason] : [])],
      }
      return db.change(event, (proof) => {
        const { at, seq } = proof
        const { verdict, form } = trace.decision
        const { topic } = trace.scope
        const { channel, tier } = trace
        decide(proof, { id: trace.turn, topic, verdict, form, confidence, took: at - turn.at, trace: sealed.id })
        if (held) {
          const { id: reviewId, due, reason } = held
          review(proof, { id: reviewId, turn: trace.turn, conversation: id, topic, channel, tier, confidence, reason: reason.id, at, due })
        }
        if (input.gap) gap(proof, { id: newId('gap'), turn: trace.turn, topic, at })
        if (input.handOver) wait(proof, { id })
        keepSignals(proof, input)
        if (input.scored) keepScores(proof, input.scored.answers, input.scored.judges)
        return { result: 'recorded', messages: [messages.add(proof, prepared)], seq }
      })
    })
}

/** Which of these revisions are no longer in force. */
export function staleOf({ db }: Parts): (revisions: string[]) => string[] {
  const inForce = db.read('SELECT 1 FROM in_force WHERE revision = ? AND until_seq IS NULL')
  return (revisions) => revisions.filter((revision) => !inForce.get(revision))
}

/** Revisions that anything of this answer rests on: what is told now, and what a reviewer may release. */
function citedIn({ trace, message }: TurnRecord): string[] {
  return revisionsIn([
    ...(message.citations ?? []),
    ...(message.sentences ?? []).flatMap((s) => s.citations),
    ...trace.decision.citations,
    ...(trace.quotation?.citations ?? []),
    ...trace.claims.flatMap((c) => c.evidence),
  ])
}

export const revisionsIn = (citations: Citation[]): string[] => [...new Set(citations.map((c) => c.revision))]

/** The decision without a personal word. Digests of what may hold the customer's words die with the customer's key. */
function summary({ trace, message, handOver, gap, scored }: TurnRecord, digest: (text: string) => string): Record<string, unknown> {
  const { decision, draft, scope } = trace
  return {
    verdict: decision.verdict,
    form: decision.form,
    confidence: millionths(decision.confidence),
    threshold: { written: millionths(decision.threshold.written), quoted: millionths(decision.threshold.quoted) },
    segment: { topic: scope.topic, channel: trace.channel, tier: trace.tier },
    rule: scope.rule,
    signals: trace.intake.signals.map(({ signal, strength }) => ({ signal, strength: millionths(strength) })),
    care: millionths(trace.intake.care?.value ?? 0),
    urgent: scope.urgent?.case ?? null,
    cited: citedEntries(message.citations ?? decision.citations),
    findings: countFindings(trace.findings),
    rules: decision.rules.map(({ rule, verdict }) => ({ rule, verdict })),
    prompt: draft && {
      system: sha256(draft.prompt.system),
      context: digest(draft.prompt.context),
      question: digest(draft.prompt.question),
    },
    seed: draft && draft.seed,
    models: trace.models.map(({ id, sha256: weights, runtime }) => ({ id, sha256: weights, runtime })),
    rulebook: trace.rulebook,
    snapshot: trace.snapshot,
    timings: Object.fromEntries(Object.entries(trace.timings).map(([stage, ms]) => [stage, Math.round(ms)])),
    handOver: handOver ? 1 : 0,
    gap: gap ? 1 : 0,
    audit: (scored?.answers ?? []).map(({ form, probability, drawn }) => ({
      form,
      probability: millionths(probability),
      drawn: drawn ? 1 : 0,
    })),
  }
}

export const citedEntries = (citations: Citation[]): Record<string, unknown>[] =>
  citations.map(({ article, revision, start, end, quote }) => ({ article, revision, start, end, quote: sha256(quote) }))

export function countFindings(findings: Finding[]): Record<string, unknown>[] {
  const counts = new Map<string, { check: string; passed: number; doubtful: number; failed: number; broken: number }>()
  for (const { check, result, broken } of findings) {
    const count = counts.get(check) ?? { check, passed: 0, doubtful: 0, failed: 0, broken: 0 }
    count[result]++
    if (broken) count.broken++
    counts.set(check, count)
  }
  return [...counts.values()]
}
