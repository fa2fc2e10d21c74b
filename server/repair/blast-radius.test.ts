import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordOfTurn, revisionOf, temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import { blastRadius } from './blast-radius.ts'
import type { ClaimMatcher, ReachProgress } from './types.ts'

let at: TemporaryStore
beforeEach(() => {
  at = temporaryStore()
})
afterEach(() => at.remove())

const WRONG = 'A transfer abroad costs £25.'

/** Says the same: what holds the figure. Might: what speaks of transfers. Records what it was asked. */
function matcher(): ClaimMatcher & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    likeness: (answer) => (/£25|transfer/i.test(answer) ? 0.9 : 0),
    match: async (answers) => {
      asked.push(...answers)
      return answers.map((text) => {
        const hit = text.includes('£25')
        return { hit, score: hit ? 0.9 : 0.6, said: { start: 0, end: text.length }, why: hit ? 'It says £25.' : 'It is close.' }
      })
    },
  }
}

function told(answer: string, given: { revision: string; start: number; end: number; article: string }[] = []): string {
  const { store } = at
  const customer = store.customers.create('standard', 'system').id
  const conversation = store.conversations.create({ customer, channel: 'portal', tier: 'standard' }).id
  const { turn } = store.turns.start({ conversation, text: 'a question' })
  const citations = given.map((c) => ({ ...c, title: '', quote: '' }))
  const recorded = store.turns.record(recordOfTurn(turn, 'a question', answer, { citations }))
  if (recorded.result !== 'recorded') throw new Error('not recorded')
  at.pass(1000)
  return recorded.messages[0]!.id
}

function published(article: string, text: string) {
  const revision = revisionOf(article, text)
  at.store.knowledge.apply({ put: [revision], retire: [] }, 'system')
  return revision
}

const find = (wrong: Partial<Parameters<typeof blastRadius>[0]>, using = matcher(), signal?: AbortSignal, seen: ReachProgress[] = []) =>
  blastRadius(
    { statement: WRONG, spans: [], articles: [], ...wrong },
    { reach: at.store.reach, revision: (id) => at.store.knowledge.get(id), matcher: async () => using },
    (progress) => seen.push(progress),
    signal,
  )

test('it finds who was told from the wrong words, in this version and in others, and who was told the same from elsewhere', async () => {
  const old = published('fees', `Fees. ${WRONG}`)
  const earlier = told('See below.', [{ revision: old.id, article: 'fees', start: 6, end: 6 + WRONG.length }])
  const mended = published('fees', `All our fees. ${WRONG} Cards are free.`)
  const byClaim = told('You pay £25.')
  told('Cards are free.', [{ revision: mended.id, article: 'fees', start: 43, end: 58 }])
  const later = told('A transfer is £25.', [{ revision: mended.id, article: 'fees', start: 14, end: 14 + WRONG.length }])
  const found = await find({ spans: [{ revision: mended.id, start: 14, end: 14 + WRONG.length }] })
  expect(found.map(({ message, via }) => [message, via])).toEqual([
    [earlier, 'passage'],
    [byClaim, 'claim'],
    [later, 'passage'],
  ])
  expect(found[0]!.why).toEqual(['It cites the same words in another version or article (fees).'])
  expect(found[2]!.why).toEqual(['It cites the wrong words.', 'Its text says it, as marked.'])
})

test('why an answer is in quotes it without the data of persons', async () => {
  told('Dear ann@example.com, a transfer is £25.')
  const match: ClaimMatcher['match'] = async (texts) =>
    texts.map((text) => ({ hit: true, score: 1, said: null, why: `It says it: “${text}”` }))
  const [found] = await find({}, { ...matcher(), match })
  expect(found?.why.join()).toContain('a transfer is £25')
  expect(found?.why.join()).not.toContain('ann@example.com')
})

test('of an answer from a named article a weaker likeness suffices', async () => {
  const revision = published('fees', 'All about transfers.')
  const told1 = told('A transfer costs something.', [{ revision: revision.id, article: 'fees', start: 0, end: 5 }])
  told('Transfers are quick.')
  expect((await find({ articles: ['fees'] })).map((r) => r.message)).toEqual([told1])
  expect(await find({})).toEqual([])
})

test('the same text is compared once, what has nothing in common not at all, and everybody who got it is in', async () => {
  const messages = [told('It is £25.'), told('Good morning.'), told('It is £25.')]
  const using = matcher()
  expect((await find({}, using)).map((r) => r.message)).toEqual([messages[0], messages[2]])
  expect(using.asked).toEqual(['It is £25.'])
})

test('it says how far it is, and stops when it is told to', async () => {
  told('It is £25.')
  const seen: ReachProgress[] = []
  await find({}, matcher(), undefined, seen)
  expect(seen.at(-1)).toEqual({ looked: 1, of: 1, found: 1 })
  await expect(find({}, matcher(), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
})
