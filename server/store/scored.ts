/** What each form of an answer scored, and the audits of those that chance chose. */
import { millionths } from '../audit/entry.ts'
import type { Channel } from '../types.ts'
import type { Noted } from './db.ts'
import type { Fingerprint, ScoredAnswer } from './label-types.ts'
import type { Parts } from './parts.ts'

export interface ScoredRow {
  turn: string
  form: ScoredAnswer['form']
  conversation: string
  topic: string
  channel: Channel
  tier: string
  source: ScoredAnswer['source']
  at: number
  confidence: number
  signals: string
  eligible: number
  sent: number
  rival: number | null
  rival_from: number | null
  probability: number
  drawn: number
  fingerprint: string
  /** Of those that are asked again; absent where they were not looked up. */
  labels_of?: string | null
  mended?: number | null
}

/** Writes rows within the transaction of what brings them; an answer of a live turn that chance chose gets its audit. `judges`: how many are to judge it. */
export function scoring({ db, newId }: Parts): (proof: Noted, answers: ScoredAnswer[], judges: number) => void {
  const insert = db.write(
    `INSERT INTO scored (turn, form, conversation, topic, channel, tier, source, at, confidence, signals, eligible, sent, rival, rival_from,
       probability, drawn, fingerprint)
     VALUES (@turn, @form, @conversation, @topic, @channel, @tier, @source, @at, @confidence, @signals, @eligible, @sent, @rival, @rivalFrom,
       @probability, @drawn, @fingerprint)`,
  )
  const audit = db.write('INSERT INTO audits (id, turn, form, judges, at) VALUES (@id, @turn, @form, @judges, @at)')
  return (proof, answers, judges) => {
    for (const { segment, ...a } of answers) {
      const { turn, form, conversation, source, at } = a
      insert(proof, {
        ...segment,
        turn,
        form,
        conversation,
        source,
        at,
        confidence: millionths(a.confidence),
        signals: JSON.stringify(a.signals),
        eligible: a.eligible ? 1 : 0,
        sent: a.sent ? 1 : 0,
        rival: a.rival === null ? null : millionths(a.rival),
        rivalFrom: a.rivalFrom === null ? null : millionths(a.rivalFrom),
        probability: millionths(a.probability),
        drawn: a.drawn ? 1 : 0,
        fingerprint: JSON.stringify(a.fingerprint),
      })
      if (source === 'live' && a.drawn && (a.eligible || a.sent)) audit(proof, { id: newId('aud'), turn, form, judges, at })
    }
  }
}

export function scoredOf(row: ScoredRow): ScoredAnswer {
  const { topic, channel, tier, rival_from, labels_of, mended, ...rest } = row
  return {
    ...rest,
    segment: { topic, channel, tier },
    confidence: row.confidence / 1_000_000,
    // Many are read for their confidence alone.
    get signals() {
      return JSON.parse(row.signals) as ScoredAnswer['signals']
    },
    eligible: row.eligible === 1,
    sent: row.sent === 1,
    rival: row.rival === null ? null : row.rival / 1_000_000,
    rivalFrom: rival_from === null ? null : rival_from / 1_000_000,
    probability: row.probability / 1_000_000,
    drawn: row.drawn === 1,
    fingerprint: makingOf(row.fingerprint),
    ...(labels_of ? { labelsOf: labels_of } : {}),
    ...(mended === 1 ? { mended: true } : {}),
  }
}

/** Thousands of answers in a row have the same one. */
let last: { json: string; fingerprint: Fingerprint } | null = null

function makingOf(json: string): Fingerprint {
  if (last?.json !== json) last = { json, fingerprint: JSON.parse(json) as Fingerprint }
  return last.fingerprint
}
