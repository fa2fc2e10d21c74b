import { conflict } from '../errors.ts'
import type { Revision } from '../../kb/types.ts'
import type { Parts } from './parts.ts'
import type { ArticleRow, KnowledgeStore } from './types.ts'

const COLUMNS = 'r.id, r.article, r.title, r.topic, r.owner, r.review, r.tier, r.text, r.format'

export function knowledgeOf({ db }: Parts): KnowledgeStore {
  const byId = db.read<Revision>(`SELECT ${COLUMNS} FROM revisions r WHERE r.id = ?`)
  const now = db.read<Revision>(
    `SELECT ${COLUMNS} FROM in_force f JOIN revisions r ON r.id = f.revision WHERE f.until_seq IS NULL ORDER BY r.article`,
  )
  const stamp = db.read<{ stamp: string }>(`SELECT coalesce(max(from_seq), 0) || '-' || coalesce(max(until_seq), 0) AS stamp FROM in_force`)
  const current = db.read<{ revision: string }>('SELECT revision FROM in_force WHERE article = ? AND until_seq IS NULL')
  const articles = db.read<ArticleRow>(
    `SELECT f.article, f.revision, r.title, r.topic, r.owner, r.review, r.tier,
       CASE WHEN f.until_seq IS NULL THEN 'in-force' ELSE 'retired' END AS state, coalesce(u.at, l.at) AS at, r.words
     FROM in_force f
     JOIN (SELECT article, max(from_seq) AS newest FROM in_force GROUP BY article) n ON n.article = f.article AND n.newest = f.from_seq
     JOIN revisions r ON r.id = f.revision
     JOIN log l ON l.seq = f.from_seq
     LEFT JOIN log u ON u.seq = f.until_seq
     ORDER BY f.article`,
  )
  const history = db.read<{ revision: string; fromSeq: number; untilSeq: number | null; at: number; by: string }>(
    `SELECT f.revision, f.from_seq AS fromSeq, f.until_seq AS untilSeq, l.at, l.actor AS "by"
     FROM in_force f JOIN log l ON l.seq = f.from_seq WHERE f.article = ? ORDER BY f.from_seq DESC`,
  )
  const insert = db.write(
    `INSERT INTO revisions (id, article, title, topic, owner, review, tier, text, format, words)
     VALUES (@id, @article, @title, @topic, @owner, @review, @tier, @text, @format, @words)`,
  )
  const begin = db.write('INSERT INTO in_force (revision, article, from_seq) VALUES (@revision, @article, @seq)')
  const end = db.write('UPDATE in_force SET until_seq = @seq WHERE article = @article AND until_seq IS NULL')

  const publish = (revision: Revision, actor: string): void => {
    const { id, article, title, topic, owner, review, tier, text, format } = revision
    const before = current.get(article)?.revision ?? null
    if (before === id) return
    const known = byId.get(id)
    if (known && (known.text !== text || known.article !== article)) throw conflict(`Revision ${id} is another text already.`)
    db.change({ type: 'article.published', actor, data: { article, revision: id, before } }, (proof) => {
      if (!known) insert(proof, { id, article, title, topic, owner, review, tier, text, format, words: countWords(text) })
      end(proof, { article, seq: proof.seq })
      begin(proof, { revision: id, article, seq: proof.seq })
    })
  }

  const retire = (article: string, actor: string): void => {
    const before = current.get(article)?.revision
    if (before === undefined) return
    db.change({ type: 'article.retired', actor, data: { article, revision: before } }, (proof) => end(proof, { article, seq: proof.seq }))
  }

  return {
    get: (revision) => byId.get(revision) ?? null,
    inForce: () => now.all(),
    stamp: () => stamp.get()?.stamp ?? '',
    apply(change, actor) {
      db.atomic(() => {
        for (const revision of change.put) publish(revision, actor)
        for (const article of change.retire) retire(article, actor)
      })
    },
    articles: () => articles.all(),
    history: (article) => history.all(article),
  }
}

const countWords = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
