import type { Context } from '../context.ts'

/** Topics for filters: those of the scope. */
export const topicsKnown = ({ ports }: Context): { id: string; title: string }[] =>
  ports.scope().topics.map(({ id, title }) => ({ id, title: capital(title) }))

/** A topic's title; what the scope no longer names is shown by its id. */
export function topicTitles(context: Context): (id: string) => string {
  const titles = new Map(topicsKnown(context).map((t) => [t.id, t.title]))
  return (id) => titles.get(id) ?? (id === '' || id === '*' ? 'No topic' : capital(id))
}

/** Tiers of customers that anything here names. */
export function tiersOf({ store, config }: Context): string[] {
  const named = [
    ...store.knowledge.articles().map((a) => a.tier),
    ...store.apiKeys.list().map((k) => k.tier),
    ...store.thresholds.all().map((t) => t.tier),
    config.API_KEY_TIER,
  ]
  return ['standard', ...new Set(named.filter((t) => !['*', 'all', 'standard'].includes(t)))]
}

const capital = (words: string): string => words.replace(/^./, (c) => c.toUpperCase())
