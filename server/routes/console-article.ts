/** One article: its revisions, and what an editor can do with it. */
import type { Request } from 'express'
import { z } from 'zod'
import { Article } from '../../views/console/article.tsx'
import { Console } from '../../views/console/frame.tsx'
import type { ArticleState } from '../../views/console/knowledge.tsx'
import { conflict, notFound } from '../errors.ts'
import { isExpired } from '../pipeline/concerns.ts'
import type { ArticleRow } from '../store/types.ts'
import { ROLES } from '../types.ts'
import { readFields } from './body.ts'
import { actorOf, asked, frameOf, goOn, namesOf, saidOf, show, type StaffVisit } from './console-reply.ts'
import { openAbout, REPAIRERS } from './console-incident-parts.ts'
import { topicTitles } from './console-topics.ts'
import { EDITORS } from './console-upload.ts'
import type { Route } from './route.ts'

export const articleRoutes: Route[] = [
  { method: 'get', path: '/console/knowledge/article', access: ROLES, handle: article },
  { method: 'post', path: '/console/knowledge/publish', access: EDITORS, handle: publish },
  { method: 'post', path: '/console/knowledge/discard', access: EDITORS, handle: discard },
  { method: 'post', path: '/console/knowledge/retire', access: EDITORS, handle: retire },
]

function article(visit: StaffVisit): void {
  const { req, res, context } = visit
  const { knowledge } = context.store
  const id = asked(req, 'id')
  const row = knowledge.articles().find((a) => a.article === id)
  const revision = row && knowledge.get(asked(req, 'revision') ?? row.revision)
  if (!row || !revision || revision.article !== row.article) throw notFound('article')
  const name = namesOf(context)
  const now = context.clock()
  const page = Article({
    revision,
    topic: revision.topic && topicTitles(context)(revision.topic),
    state: stateOf(row, now),
    newest: row.revision,
    draft: row.draft,
    history: knowledge.history(row.article).map((r) => ({ ...r, byName: name(r.by) })),
    incidents: openAbout(context, [row.article]),
    mayRepair: REPAIRERS.some((role) => visit.who.roles.includes(role)),
    mayChange: EDITORS.some((role) => visit.who.roles.includes(role)),
    sendsExpired: context.config.EXPIRED_ARTICLES === 'send',
    said: saidOf(req),
    now,
  })
  show(res, Console({ frame: frameOf(visit), place: 'knowledge', title: revision.title, children: page }))
}

export function stateOf({ state, review }: Pick<ArticleRow, 'state' | 'review'>, now: number): ArticleState {
  if (state !== 'in-force') return state
  return isExpired(review, now) ? 'expired' : 'in-force'
}

/** The revision that the editor had in sight: what has changed since is not done to. */
const fields = z.object({ article: z.string().min(1).max(500), revision: z.string().min(1).max(100) })

async function publish({ req, res, context, who }: StaffVisit): Promise<void> {
  const { article, revision } = found(req, context)
  if (!(await context.knowledge.publish(article, revision, actorOf(who)))) throw changed()
  goOn(res, address(article), { said: 'article-published' })
}

function discard({ req, res, context, who }: StaffVisit): void {
  const { article, revision, row } = found(req, context)
  if (row.draft !== revision) throw changed()
  context.store.knowledge.apply({ put: [], retire: [], discard: [article] }, actorOf(who))
  goOn(res, row.state === 'draft' ? '/console/knowledge' : address(article), { said: 'draft-discarded' })
}

async function retire({ req, res, context, who }: StaffVisit): Promise<void> {
  const { article, revision, row } = found(req, context)
  if (row.state === 'in-force' && row.revision !== revision) throw changed()
  await context.knowledge.retire([article], actorOf(who))
  goOn(res, address(article), { said: 'article-retired' })
}

function found(req: Request, { store }: StaffVisit['context']): { article: string; revision: string; row: ArticleRow } {
  const { article, revision } = readFields(fields, req.body)
  const row = store.knowledge.articles().find((a) => a.article === article)
  if (!row) throw notFound('article')
  return { article, revision, row }
}

const changed = () => conflict('The article has changed since you opened it. Go back, look at it again, and decide then.')

const address = (article: string): string => `/console/knowledge/article?id=${encodeURIComponent(article)}`
