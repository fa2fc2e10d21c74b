import { z } from 'zod'
import { Article } from '../../views/console/article.tsx'
import { Console } from '../../views/console/frame.tsx'
import { Knowledge, type ArticleState } from '../../views/console/knowledge.tsx'
import { SearchBench, type BenchProps } from '../../views/console/search-bench.tsx'
import { notFound } from '../errors.ts'
import { select } from '../pipeline/select.ts'
import type { ArticleRow } from '../store/types.ts'
import { ROLES } from '../types.ts'
import { readFields } from './body.ts'
import { actorOf, asked, askedOf, frameOf, goOn, mendable, namesOf, show, type StaffVisit } from './console-reply.ts'
import { ACCEPTED, EDITORS, MAX_MIB } from './console-upload.ts'
import { tiersOf } from './console-topics.ts'
import type { Route } from './route.ts'

export const knowledgeRoutes: Route[] = [
  { method: 'get', path: '/console/knowledge', access: ROLES, handle: list },
  { method: 'get', path: '/console/knowledge/article', access: ROLES, handle: article },
  { method: 'post', path: '/console/knowledge/retire', access: EDITORS, handle: retire },
  { method: 'get', path: '/console/knowledge/search', access: ROLES, handle: bench },
]

function list(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const state = askedOf(req, 'state', ['in-force', 'expired', 'retired'] as const)
  const words = asked(req, 'words') ?? ''
  const now = context.clock()
  const all = context.store.knowledge.articles().map((a) => ({ ...a, shown: stateOf(a, now) }))
  const count = (s: ArticleState) => all.filter((a) => a.shown === s).length
  const needle = words.toLowerCase()
  const page = Knowledge({
    articles: all.filter(
      (a) => (!state || a.shown === state) && [a.title, a.topic, a.owner, a.article].some((s) => s?.toLowerCase().includes(needle)),
    ),
    counts: { 'in-force': count('in-force'), expired: count('expired'), retired: count('retired') },
    state,
    words,
    mayUpload: EDITORS.some((role) => who.roles.includes(role)),
    accept: ACCEPTED.join(','),
    maxMiB: MAX_MIB,
    now,
  })
  show(res, Console({ frame: frameOf(visit), place: 'knowledge', title: 'Knowledge', children: page }))
}

export function stateOf({ state, review }: Pick<ArticleRow, 'state' | 'review'>, now: number): ArticleState {
  if (state === 'retired') return 'retired'
  return review !== null && review < new Date(now).toISOString().slice(0, 10) ? 'expired' : 'in-force'
}

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
    state: stateOf(row, now),
    newest: row.revision,
    mayRetire: row.state === 'in-force' && EDITORS.some((role) => visit.who.roles.includes(role)),
    history: knowledge.history(row.article).map((r) => ({ ...r, byName: name(r.by) })),
    now,
  })
  show(res, Console({ frame: frameOf(visit), place: 'knowledge', title: revision.title, children: page }))
}

const retireFields = z.object({ article: z.string().min(1).max(500) })

async function retire({ req, res, context, who }: StaffVisit): Promise<void> {
  const { article } = readFields(retireFields, req.body)
  if (!context.store.knowledge.articles().some((a) => a.article === article)) throw notFound('article')
  await context.knowledge.retire([article], actorOf(who))
  goOn(res, `/console/knowledge/article?id=${encodeURIComponent(article)}`)
}

/** Runs search and selection as for a customer of that tier; nothing is recorded, nothing written. */
async function bench(visit: StaffVisit): Promise<void> {
  const { req, res, context } = visit
  const tiers = tiersOf(context)
  const question = (asked(req, 'q') ?? '').slice(0, 1000)
  const tier = askedOf(req, 'tier', tiers) ?? tiers[0] ?? 'standard'
  const result = question === '' ? { found: null, problem: null } : await search(visit, question, tier)
  const page = SearchBench({ question, tier, tiers, ...result })
  show(res, Console({ frame: frameOf(visit), place: 'knowledge', title: 'Search bench', children: page }))
}

async function search({ context }: StaffVisit, question: string, tier: string): Promise<Pick<BenchProps, 'found' | 'problem'>> {
  const began = performance.now()
  try {
    const hits = await context.knowledge.search({ question, tier, limit: 10 })
    const evidence = await select(question, hits, context.ports)
    return { found: { hits, evidence, took: Math.round(performance.now() - began) }, problem: null }
  } catch (error) {
    return { found: null, problem: mendable(error) }
  }
}
