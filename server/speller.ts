import { knownWords } from '../models/known-words.ts'
import { countWords, spelled } from '../words/spelling.ts'
import type { ScopeRules } from './scope-types.ts'
import type { Store } from './store/types.ts'

/** Puts right what is no word, by the words of the articles in force and of the scope; they are read anew after each change. */
export function speller(
  modelsDir: string,
  store: Pick<Store, 'knowledge'>,
  snapshot: () => string,
  scope: () => ScopeRules,
): (text: string) => string {
  const words = knownWords(modelsDir)
  let made: { of: string; rules: ScopeRules; own: Map<string, number> } | null = null
  return (text) => {
    if (words.size === 0) return text
    const [of, rules] = [snapshot(), scope()]
    if (made?.of !== of || made.rules !== rules) {
      const examples = [...rules.topics, ...rules.urgent].flatMap((one) => [one.title, one.description, ...one.examples])
      const articles = store.knowledge.inForce().flatMap((article) => [article.title, article.text])
      made = { of, rules, own: countWords([...articles, ...examples]) }
    }
    return spelled(text, { own: made.own, isWord: (word) => words.has(word) })
  }
}
