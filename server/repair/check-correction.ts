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
  knowledge: Pick<KnowledgeBase, 'revision' | 'blocks'>
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
  // Block by block: a row of a table is read with its header.
  const around = (await needs.knowledge.blocks(source.revision)).filter(
    ({ block }) => block.start < source.end + AROUND && block.end > source.start - AROUND,
  )
  const premise = [source.title, ...(around.length > 0 ? around.map(({ block }) => block.text) : [source.quote])].join('\n')
  const { findings: found } = await groundPair({ ...needs, lane: 'staff' }, { claim: right, premise })
  const named = around.filter(({ block }) => block.start < source.end && block.end > source.start).map(({ block }) => block.text)
  return [
    ...findings,
    ...found,
    ...strangeFigures(
      'source',
      right,
      [...named, source.quote, source.title].join('\n'),
      'in what is right, does not stand in the words that are named as its source.',
    ),
    ...strangeFigures(
      'to-do',
      toDo,
      `${right}\n${wrong}\n${text}`,
      'in what the customer may have to do, stands neither in the article nor in what was said.',
    ),
  ]
}

function strangeFigures(check: string, said: string, known: string, why: string): Finding[] {
  const there = new Set(quantitiesOf(known).map((q) => q.text))
  return quantitiesOf(said)
    .filter(({ text }) => !there.has(text))
    .map(({ text }) => ({ check, claim: null, result: 'doubtful', why: `“${text}”, ${why}` }))
}
