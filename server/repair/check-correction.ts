import type { KnowledgeBase } from '../../kb/types.ts'
import type { Embedder, EntailmentModel, LanguageModel } from '../../models/types.ts'
import { quantitiesOf } from '../../words/quantities.ts'
import { additionOf } from './addition.ts'
import { groundPair } from '../checks/ground-pair.ts'
import type { Incident } from '../store/incident-types.ts'
import type { Finding } from '../types.ts'

interface Needs {
  embedder: Embedder
  model: LanguageModel
  entailment: EntailmentModel | null
  knowledge: Pick<KnowledgeBase, 'revision'>
  inForce: (revision: string) => boolean
  states: (statement: string, texts: string[]) => Promise<(string | null)[]>
}

/** Characters around the source that are read with it: what bounds a sentence stands beside it. */
const AROUND = 400

/**
 * The checks that every answer passes, of what is said to be right against the words that say so; and that it does not say the wrong again.
 * What the customer may have to do is the firm's own decision: no article has to say it, but its figures have to come from somewhere.
 */
export async function checkCorrection(
  { right, toDo, wrong, source }: Pick<Incident, 'right' | 'wrong' | 'source'> & { toDo: string },
  needs: Needs,
): Promise<Finding[]> {
  const findings: Finding[] = []
  const [again] = await needs.states(wrong, [right])
  if (again)
    findings.push(
      additionOf(wrong, right)
        ? {
            check: 'correction',
            claim: null,
            result: 'doubtful',
            why: 'What is said to be right is what was wrong, with something added. See that nobody can overlook it.',
          }
        : { check: 'correction', claim: null, result: 'failed', why: 'What is said to be right reads like what was wrong.' },
    )
  if (!source)
    return [
      ...findings,
      {
        check: 'source',
        claim: null,
        result: 'doubtful',
        why: 'No article is named that says so: nothing backs it but the colleagues who approve it.',
      },
    ]
  if (!needs.inForce(source.revision))
    findings.push({
      check: 'source',
      claim: null,
      result: 'failed',
      why: 'The article that it rests on has changed. Choose the words again.',
    })
  const text = needs.knowledge.revision(source.revision)?.text ?? source.quote
  const premise = `${source.title}\n${text.slice(Math.max(0, source.start - AROUND), source.end + AROUND)}`
  const { findings: found } = await groundPair({ ...needs, lane: 'staff' }, { claim: right, premise })
  return [...findings, ...found, ...strangeFigures(toDo, `${right}\n${wrong}\n${text}`)]
}

function strangeFigures(toDo: string, known: string): Finding[] {
  const said = new Set(quantitiesOf(known).map((q) => q.text))
  return quantitiesOf(toDo)
    .filter(({ text }) => !said.has(text))
    .map(({ text }) => ({
      check: 'to-do',
      claim: null,
      result: 'doubtful',
      why: `“${text}”, in what the customer may have to do, stands neither in the article nor in what was said.`,
    }))
}
