import { termsOf } from '../../words/terms.ts'

/**
 * Which of several labels ("Linden Care", "Linden Care Plus") a question names; null if none or more than one. A label is named when
 * the question says every word by which it differs from what all share, and at least one word of it: "Classic Plus" wins over "Classic"
 * when both words are said. If none is named so and the labels are `alike`, the only one is taken of which a word is said that no
 * other label has: "priority" is enough for one of two plans, but "fee" not for one of three columns that may all be asked about.
 */
export function namedOne(labels: string[], question: string, { alike }: { alike: boolean }): number | null {
  const asked = new Set(termsOf(question))
  const terms = labels.map((label) => termsOf(label))
  const wholly = terms.map((all) => {
    const own = all.filter((t) => !terms.every((other) => other.includes(t)))
    return own.every((t) => asked.has(t)) && all.some((t) => asked.has(t)) ? own.length + 1 : 0
  })
  if (!alike || wholly.some((said) => said > 0)) return onlyBest(wholly)
  return onlyBest(
    terms.map((all) => (all.some((t) => asked.has(t) && terms.every((other) => other === all || !other.includes(t))) ? 1 : 0)),
  )
}

function onlyBest(scores: number[]): number | null {
  const most = Math.max(0, ...scores)
  return most > 0 && scores.indexOf(most) === scores.lastIndexOf(most) ? scores.indexOf(most) : null
}
