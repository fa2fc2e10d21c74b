import { GENERAL_URGENT, topicsOf } from './policy/general-scope.ts'
import type { ScopeRules } from './scope-types.ts'
import type { Store } from './store/types.ts'

/**
 * The firm's scope; where it named no topics, those of its articles, and where it named no urgent cases, the general ones. Read
 * anew after each change, the same object in between (its vectors are kept by identity).
 */
export function scopeReader(store: Store): () => ScopeRules {
  let made: { key: string; rules: ScopeRules } | null = null
  return () => {
    const rules = store.scope.get()
    const articles = rules.topics.length > 0 ? [] : store.knowledge.inForce()
    const key = JSON.stringify([rules, articles.map((a) => a.id)])
    if (made?.key === key) return made.rules
    made = {
      key,
      rules: {
        ...rules,
        topics: rules.topics.length > 0 ? rules.topics : topicsOf(articles),
        urgent: rules.urgent.length > 0 ? rules.urgent : GENERAL_URGENT,
      },
    }
    return made.rules
  }
}
