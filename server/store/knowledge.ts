import { conflict } from '../errors.ts'
import type { Revision } from '../../kb/types.ts'
import type { Noted } from './db.ts'
import type { Parts } from './parts.ts'
import type { ArticleRow, KnowledgeStore } from './types.ts'

const COLUMNS = 'r.id, r.article, r.title, r.topic, r.owner, r.review, r.tier, r.text, r.format'

export function knowledgeOf({ db }: Parts): KnowledgeStore {
  const byId = db.read<Revision>(`SELECT ${COLUMNS} FROM revisions r WHERE r.id = ?`)
  const now = db.read<Revision>(
    `SELECT ${COLUMNS} FROM in_force f JOIN revisions r ON r.id = f.revision WHERE f.until_seq IS NULL ORDER BY r.article`,
  )
  const newest = db.read<Revision>(
    `SELECT ${COLUMNS} FROM in_force f JOIN revisions r ON r.id = f.revision WHERE f.article = ? ORDER BY f.from_seq DESC LIMIT 1`,
  )
  const stamp = db.read<{ stamp: string }>(`SELECT coalesce(max(from_seq), 0) || '-' || coalesce(max(until_seq), 0) AS stamp FROM in_force`)
  const current = db.read<{ revision: string }>('SELECT revision FROM in_force WHERE article = ? AND until_seq IS NULL')
  const drafts = db.read<Revision>(`SELECT ${COLUMNS} FROM drafts d JOIN revisions r ON r.id = d.revision ORDER BY d.article`)
  const waiting = db.read<{ revision: string }>('SELECT revision FROM drafts WHERE article = ?')
  const articles = db.read<ArticleRow>(
    `SELECT f.article, f.revision, r.title, r.topic, r.owner, r.review, r.tier,
       CASE WHEN f.until_seq IS NULL THEN 'in-force' ELSE 'retired' END AS state, d.revision AS draft, coalesce(u.at, l.at) AS at, r.words
     FROM in_force f
     JOIN (SELECT article, max(from_seq) AS newest FROM in_force GROUP BY article) n ON n.article = f.article AND n.newest = f.from_seq
     JOIN revisions r ON r.id = f.revision
     JOIN log l ON l.seq = f.from_seq
     LEFT JOIN log u ON u.seq = f.until_seq
     LEFT JOIN drafts d ON d.article = f.article
     UNION ALL
     SELECT d.article, d.revision, r.title, r.topic, r.owner, r.review, r.tier, 'draft', d.revision, l.at, r.words
     FROM drafts d JOIN revisions r ON r.id = d.revision JOIN log l ON l.seq = d.seq
     WHERE NOT EXISTS (SELECT 1 FROM in_force f WHERE f.article = d.article)
     ORDER BY 1`,
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

  const keepDraft = db.write('INSERT OR REPLACE INTO drafts (article, revision, seq) VALUES (@article, @revision, @seq)')
  const dropDraft = db.write('DELETE FROM drafts WHERE article = @article AND revision = @revision')

  const keep = (proof: Noted, { id, article, title, topic, owner, review, tier, text, format }: Revision): void => {
    const known = byId.get(id)
    if (known && (known.text !== text || known.article !== article)) throw conflict(`Revision ${id} is another text already.`)
    if (!known) insert(proof, { id, article, title, topic, owner, review, tier, text, format, words: countWords(text) })
  }

  const publish = (revision: Revision, actor: string): void => {
    const { id, article } = revision
    const before = current.get(article)?.revision ?? null
    if (before === id) return
    db.change({ type: 'article.published', actor, data: { article, revision: id, before } }, (proof) => {
      keep(proof, revision)
      end(proof, { article, seq: proof.seq })
      begin(proof, { revision: id, article, seq: proof.seq })
      dropDraft(proof, { article, revision: id })
    })
  }

  const draft = (revision: Revision, actor: string): void => {
    const { id, article } = revision
    const before = waiting.get(article)?.revision ?? null
    if (before === id) return
    db.change({ type: 'article.drafted', actor, data: { article, revision: id, before } }, (proof) => {
      keep(proof, revision)
      keepDraft(proof, { article, revision: id, seq: proof.seq })
    })
  }

  const discard = (article: string, actor: string): void => {
    const revision = waiting.get(article)?.revision
    if (revision === undefined) return
    db.change({ type: 'article.draft-discarded', actor, data: { article, revision } }, (proof) => dropDraft(proof, { article, revision }))
  }

  const retire = (article: string, actor: string): void => {
    const before = current.get(article)?.revision
    if (before === undefined) return
    db.change({ type: 'article.retired', actor, data: { article, revision: before } }, (proof) => end(proof, { article, seq: proof.seq }))
  }

  return {
    get: (revision) => byId.get(revision) ?? null,
    inForce: () => now.all(),
    newest: (article) => newest.get(article) ?? null,
    drafts: () => drafts.all(),
    stamp: () => stamp.get()?.stamp ?? '',
    apply(change, actor) {
      db.atomic(() => {
        for (const revision of change.put) publish(revision, actor)
        for (const revision of change.draft ?? []) draft(revision, actor)
        for (const article of change.discard ?? []) discard(article, actor)
        for (const article of change.retire) retire(article, actor)
      })
    },
    articles: () => articles.all(),
    history: (article) => history.all(article),
  }
}

const countWords = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
