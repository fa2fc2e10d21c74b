import { millionths } from '../audit/entry.ts'
import type { Trace } from '../types.ts'
import type { CareEvent } from '../care-types.ts'
import type { SignalStore } from './care-types.ts'
import type { Noted } from './db.ts'
import type { Parts } from './parts.ts'
import type { TurnRecord } from './types.ts'

export function signalsOf({ db }: Parts): SignalStore {
  const noticed = db.read<CareEvent>(
    `SELECT signal, strength / 1000000.0 AS strength, at FROM signals WHERE conversation = ? AND signal <> 'thumbs-down'
     UNION ALL SELECT 'thumbs-down', 1.0, feedback_at FROM messages WHERE conversation = ? AND feedback = 'down'
     UNION ALL SELECT 'reported', 1.0, at FROM reports WHERE conversation = ? AND by LIKE 'customer:%'
     ORDER BY at`,
  )
  return { noticed: (conversation) => noticed.all(conversation, conversation, conversation) }
}

/** Writes what was noticed in a turn's message, and the turn's figures, with the event that records the turn. */
export function noticing({ db }: Parts): (proof: Noted, record: TurnRecord) => void {
  const before = db.read<{ id: string }>(
    "SELECT id FROM turns WHERE conversation = ? AND state = 'done' AND id <> ? ORDER BY at DESC, rowid DESC LIMIT 1",
  )
  const signal = db.write(
    'INSERT INTO signals (turn, conversation, signal, strength, at) VALUES (@turn, @conversation, @signal, @strength, @at)',
  )
  const measure = db.write(
    `INSERT INTO measures (turn, at, topic, channel, tier, verdict, confidence, length, asks, again, upset, after)
     VALUES (@turn, @at, @topic, @channel, @tier, @verdict, @confidence, @length, @asks, @again, @upset, @after)`,
  )
  const cite = db.write('INSERT INTO cited_articles (turn, article, at) VALUES (@turn, @article, @at)')

  return (proof, { trace, message }) => {
    const { turn, conversation, channel, tier, decision, intake, scope } = trace
    const { at } = proof
    for (const { signal: name, strength } of intake.signals)
      signal(proof, { turn, conversation, signal: name, strength: millionths(strength), at })
    measure(proof, {
      turn,
      at,
      topic: scope.topic,
      channel,
      tier,
      verdict: decision.verdict,
      confidence: millionths(decision.confidence),
      length: message.text.length,
      asks: says(intake, 'asks-for-person'),
      again: says(intake, 'rephrases', 'comes-back', 'contradicts'),
      upset: says(intake, 'upset'),
      after: before.get(conversation, turn)?.id ?? null,
    })
    const cited = message.citations ?? decision.citations
    for (const article of new Set(cited.map((c) => c.article))) cite(proof, { turn, article, at })
  }
}

const says = ({ signals }: Trace['intake'], ...names: string[]): number => (signals.some((s) => names.includes(s.signal)) ? 1 : 0)
