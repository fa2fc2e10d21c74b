import { Console } from '../../views/console/frame.tsx'
import { Knowledge, type ArticleState } from '../../views/console/knowledge.tsx'
import { SearchBench, type BenchProps } from '../../views/console/search-bench.tsx'
import { select } from '../pipeline/select.ts'
import { ROLES } from '../types.ts'
import { articleRoutes, stateOf } from './console-article.ts'
import { asked, askedOf, frameOf, mendable, saidOf, show, type StaffVisit } from './console-reply.ts'
import { ACCEPTED, EDITORS, MAX_MIB } from './console-upload.ts'
import { tiersOf, topicTitles } from './console-topics.ts'
import type { Route } from './route.ts'

export const knowledgeRoutes: Route[] = [
  { method: 'get', path: '/console/knowledge', access: ROLES, handle: list },
  ...articleRoutes,
  { method: 'get', path: '/console/knowledge/search', access: ROLES, handle: bench },
]

function list(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const state = askedOf(req, 'state', ['draft', 'in-force', 'expired', 'retired'] as const)
  const words = asked(req, 'words') ?? ''
  const now = context.clock()
  const all = context.store.knowledge.articles().map((a) => ({ ...a, shown: stateOf(a, now) }))
  const is = (a: (typeof all)[number], s: ArticleState) => (s === 'draft' ? a.draft !== null : a.shown === s)
  const count = (s: ArticleState) => all.filter((a) => is(a, s)).length
  const needle = words.toLowerCase()
  const topicTitle = topicTitles(context)
  const page = Knowledge({
    articles: all.filter(
      (a) =>
        (!state || is(a, state)) &&
        [a.title, a.topic && topicTitle(a.topic), a.topic, a.owner, a.article].some((s) => s?.toLowerCase().includes(needle)),
    ),
    counts: { draft: count('draft'), 'in-force': count('in-force'), expired: count('expired'), retired: count('retired') },
    all: all.length,
    topicTitle,
    state,
    words,
    mayUpload: EDITORS.some((role) => who.roles.includes(role)),
    accept: ACCEPTED.join(','),
    maxMiB: MAX_MIB,
    said: saidOf(req),
    now,
  })
  show(res, Console({ frame: frameOf(visit), place: 'knowledge', title: 'Knowledge', children: page }))
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
