/** What a reviewer writes instead of a held answer, until it is sent. */
import { expect, test } from 'vitest'
import type { Review } from '../conversation-types.ts'
import { incidentDesk } from './incidents.fixture.ts'

const desk = incidentDesk()

async function held(): Promise<Review> {
  desk.house.sendFrom(2)
  await desk.asked()
  return desk.house.context.store.reviews.list({ state: 'open' })[0]!
}

test('how far the checks of a text are is told, sentence by sentence', async () => {
  const review = await held()
  const maya = await desk.staff('maya')
  const { id } = desk.house.context.store.staff.byName('maya')!
  const seen: unknown[] = []
  const stop = desk.house.context.turns.watch(review.conversation, () => {
    const { state, asked, sentences } = desk.house.context.editing.of(review.id, id)!
    seen.push([state, asked, sentences])
  })
  const text = 'A transfer abroad costs £12 for each payment. It costs £14.'
  await maya.post(`/console/reviews/${review.id}/check`).type('form').send({ form: 'written', text }).expect(303)
  stop()
  expect(seen).toEqual([
    ['checking', 0, 2],
    ['checking', 1, 2],
    ['checking', 2, 2],
    ['checked', 2, 2],
  ])
})

test('what was typed into an answer that a colleague has decided meanwhile is not sent, and not lost', async () => {
  const review = await held()
  const [maya, ben] = [await desk.staff('maya'), await desk.staff('ben')]
  const address = `/console/reviews/${review.id}`
  const text = 'Each transfer abroad costs £12 for each payment.'
  await maya.post(`${address}/check`).type('form').send({ form: 'written', text }).expect(303)
  expect((await maya.get(address)).text).toContain('You have begun to write here')
  desk.house.context.store.reviews.unlock(review.id, desk.house.context.store.staff.byName('maya')!.id)
  await ben.post(`${address}/decision`).type('form').send({ outcome: 'taken-over' }).expect(303)
  const edited = { outcome: 'edited', form: 'written', text, confirmed: 'yes' }
  const late = await maya.post(`${address}/decision`).type('form').send(edited).expect(422)
  expect(late.text).toContain('decided already')
  for (const page of [late.text, (await maya.get(address)).text]) expect(page).toContain(`<div class="letter">${text}</div>`)
  expect((await ben.get(address)).text).not.toContain(text)
  expect(desk.house.context.store.conversations.messages(review.conversation).at(-1)!.text).not.toBe(text)
})
