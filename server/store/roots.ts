/** Where questions that are asked again come from: turns of customers that chance chose, and past questions that were taken in. */
import { notFound } from '../errors.ts'
import type { Channel, Form, Trace } from '../types.ts'
import type { Parts } from './parts.ts'
import type { Root, RoundStore } from './round-types.ts'

interface Roots {
  list: RoundStore['roots']
  /** As it was asked; null once its text was erased. */
  asked(root: string): { text: string; channel: Channel; tier: string } | null
  /** Its first answer; null when there is none, or once erased. */
  trace(root: string): Trace | null
  /** Under whose key its answers are kept, and how chance chose it. Errors: notFound. */
  origin(root: string, form: Form): { customer: string; conversation: string; at: number; probability: number }
}

interface TurnRow {
  customer: string
  channel: Channel
  tier: string
  conversation: string
  trace: string | null
}

interface PastRow {
  customer: string
  channel: Channel
  tier: string
  place: number
  head: string | null
  trace: string | null
  at: number
}

export function rootsOf({ db, bodies }: Parts): Roots {
  // All of an import, also what could not be answered: it may be by now, and a sample without it would be another one.
  const past = db.read<Root>(
    `SELECT q.id, coalesce(s.at, i.at) AS at, q.judges FROM imported q JOIN imports i ON i.id = q.import AND i.form = ? AND i.head IS NOT NULL
       LEFT JOIN scored s ON s.turn = q.id AND s.form = i.form
     WHERE q.state <> 'queued' AND i.at > ?
       AND EXISTS (SELECT 1 FROM labels l JOIN imported o ON o.id = l.turn AND l.form = i.form WHERE o.import = i.id)`,
  )
  const live = db.read<Root & { conversation: string }>(
    `SELECT s.turn AS id, s.at, s.conversation, coalesce(a.judges, 1) AS judges FROM scored s JOIN turns t ON t.id = s.turn AND t.trace IS NOT NULL
       LEFT JOIN audits a ON a.turn = s.turn AND a.form = s.form
     WHERE s.form = ? AND s.drawn = 1 AND s.source = 'live' AND s.at > ? AND s.at < coalesce((SELECT min(o.at) FROM audits o
       WHERE o.form = s.form AND o.state = 'open' AND NOT EXISTS (SELECT 1 FROM labels l WHERE l.turn = o.turn AND l.form = o.form)), 9e15)
     ORDER BY s.at, s.turn`,
  )
  const turnRow = db.read<TurnRow>(
    `SELECT c.customer, t.channel, t.tier, t.conversation, t.trace FROM turns t JOIN conversations c ON c.id = t.conversation WHERE t.id = ?`,
  )
  const pastRow = db.read<PastRow>(
    'SELECT i.customer, i.channel, i.tier, i.head, i.at, q.place, q.trace FROM imported q JOIN imports i ON i.id = q.import WHERE q.id = ?',
  )
  const scoredRow = db.read<{ at: number; probability: number }>('SELECT at, probability FROM scored WHERE turn = ? AND form = ?')

  return {
    list(form, since) {
      const seen = new Set<string>()
      const first = live.all(form, since).filter((r) => !seen.has(r.conversation) && seen.add(r.conversation))
      const roots = first.map(({ id, at, judges }) => ({ id, at, judges }))
      return [...past.all(form, since), ...roots].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    },
    asked(root) {
      const turn = turnRow.get(root)
      if (turn) {
        const text = bodies.open<Trace>(turn.trace)?.question
        return text === undefined ? null : { text, channel: turn.channel, tier: turn.tier }
      }
      const row = pastRow.get(root)
      const text = row && bodies.open<{ texts: string[] }>(row.head)?.texts[row.place]
      return row && text !== undefined ? { text, channel: row.channel, tier: row.tier } : null
    },
    trace: (root) => bodies.open<Trace>((turnRow.get(root) ?? pastRow.get(root))?.trace ?? null),
    origin(root, form) {
      const scored = scoredRow.get(root, form)
      const turn = turnRow.get(root)
      if (turn && scored) return { ...turn, at: scored.at, probability: scored.probability / 1_000_000 }
      const row = pastRow.get(root)
      if (!row) throw notFound('question')
      return { customer: row.customer, conversation: root, at: scored?.at ?? row.at, probability: 1 }
    },
  }
}
