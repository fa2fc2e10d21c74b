/** Who was told from which words of the articles, and what became of it. */
import type { Messages } from './messages.ts'
import type { Parts } from './parts.ts'
import type { ReachStore, RevisionSpan, ToldAnswer } from './reach-types.ts'

type AnswerRow = ToldAnswer & { body: string | null }

const SELECT = `SELECT m.id AS message, m.conversation, c.customer, c.channel, m.turn, m.at, m.body`
const ANSWERS = `FROM messages m JOIN conversations c ON c.id = m.conversation WHERE m.kind = 'answer'`

export function reachOf({ db }: Parts, messages: Messages): ReachStore {
  const revisions = db.read<{ revision: string; article: string; text: string }>('SELECT id AS revision, article, text FROM revisions')
  const byId = db.read<AnswerRow>(`${SELECT} ${ANSWERS} AND m.id = ?`)
  const overlapping = db.read<{ message: string }>('SELECT message FROM citations WHERE revision = ? AND start < ? AND "end" > ?')
  const ofArticle = db.read<{ message: string }>(
    'SELECT DISTINCT c.message FROM revisions r JOIN citations c ON c.revision = r.id WHERE r.article = ?',
  )
  const size = db.read<{ n: number }>("SELECT count(*) AS n FROM messages WHERE kind = 'answer'")
  const after = db.read<AnswerRow & { position: number }>(
    `${SELECT}, m.rowid AS position ${ANSWERS} AND m.rowid > ? ORDER BY m.rowid LIMIT ?`,
  )
  const delivery = db.read<{ at: number | null }>('SELECT min(delivered_at) AS at FROM outbox WHERE message = ?')
  const rated = db.read<{ at: number | null }>('SELECT feedback_at AS at FROM messages WHERE id = ?')
  const reported = db.read<{ at: number | null }>("SELECT min(at) AS at FROM reports WHERE message = ? AND by LIKE 'customer:%'")
  const wroteHere = db.read<{ at: number | null }>(
    "SELECT min(at) AS at FROM messages WHERE conversation = ? AND author = 'customer' AND at > ?",
  )
  const wroteAnywhere = db.read<{ at: number | null }>(
    `SELECT min(m.at) AS at FROM conversations c JOIN messages m ON m.conversation = c.id
     WHERE c.customer = ? AND m.author = 'customer' AND m.at > ?`,
  )

  return {
    holding(words) {
      const pattern = loosely(words)
      if (!pattern) return []
      return revisions.all().flatMap(({ revision, article, text }) =>
        Array.from(text.matchAll(pattern), (found) => ({
          revision,
          article,
          start: found.index,
          end: found.index + found[0].length,
        })),
      )
    },
    citing(spans) {
      const cited = new Map<string, RevisionSpan[]>()
      for (const span of spans)
        for (const { message } of overlapping.all(span.revision, span.end, span.start))
          cited.set(message, [...(cited.get(message) ?? []), span])
      return [...cited]
        .flatMap(([id, from]) => {
          const row = byId.get(id)
          return row ? [{ ...answerOf(row), cited: from }] : []
        })
        .toSorted((a, b) => a.at - b.at)
    },
    citingArticle: (article) => new Set(ofArticle.all(article).map((row) => row.message)),
    size: () => size.one().n,
    slice(from, limit) {
      const rows = after.all(from, limit)
      const answers = rows.map((row) => ({ ...answerOf(row), text: messages.text(row.body) })).filter(({ text }) => text !== '')
      return { answers, next: rows.length < limit ? null : (rows.at(-1)?.position ?? null) }
    },
    text: (message) => messages.text(byId.get(message)?.body ?? null),
    afterwards({ message, conversation, customer, at }) {
      const times = [rated.get(message)?.at, reported.get(message)?.at, wroteHere.get(conversation, at)?.at].filter(
        (time) => typeof time === 'number',
      )
      return {
        delivered: delivery.get(message)?.at ?? null,
        seen: times.length > 0 ? Math.min(...times) : null,
        cameBack: wroteAnywhere.get(customer, at)?.at ?? null,
      }
    },
  }
}

function answerOf({ message, conversation, customer, channel, turn, at }: AnswerRow): ToldAnswer {
  return { message, conversation, customer, channel, turn, at }
}

/** The words in this order, whatever white space stands between them. */
function loosely(words: string): RegExp | null {
  const parts = words.split(/\s+/).filter(Boolean)
  return parts.length > 0 ? new RegExp(parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+'), 'g') : null
}
