import { expect, test } from 'vitest'
import { fakeEmbedder } from '../../models/fakes.ts'
import { countWords, spelled } from '../../words/spelling.ts'
import { intake } from './intake.ts'
import type { Ports } from './ports.ts'

const own = countWords(['Change your address and the limit in the app.'])
const ports = {
  clock: () => 0,
  embedder: fakeEmbedder(),
  texts: { askBack: {} } as Ports['texts'],
  spelled: (text: string) => spelled(text, { own, isWord: () => false }),
}
const read = (text: string) =>
  intake({ turn: 't', conversation: 'c', channel: 'portal', customer: { id: 'x', tier: 'standard' }, text, history: [] }, ports)

test('a question is searched as it was meant, not as it was typed', async () => {
  expect((await read('how do i chnage my adress')).question).toBe('how do i change my address')
})

test('what is in another language is left as it is', async () => {
  const german = 'Wie kann ich meine Adress für die App ändern?'
  expect(await read(german)).toMatchObject({ question: german, language: 'de' })
})
