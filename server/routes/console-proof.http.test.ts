import { afterEach, beforeEach, expect, test } from 'vitest'
import { confidenceOf, SHIPPED } from '../policy/confidence.ts'
import type { Role } from '../types.ts'
import { staffAgent } from './staff.fixture.ts'
import { temporaryPortal, type TemporaryPortal } from './temporary-portal.ts'
import { scoredAnswer } from '../store/scored.fixture.ts'

const CELL = { form: 'written', topic: '*', channel: '*', tier: '*' } as const
const CELL_PAGE = `/console/thresholds/cell?${new URLSearchParams(CELL)}`

let house: TemporaryPortal
beforeEach(async () => {
  house = await temporaryPortal()
})
afterEach(() => house.close())

const staff = (name: string, roles: Role[]) => staffAgent(house, name, roles)

const valueNow = () => house.context.store.thresholds.all().find((t) => t.topic === '*' && t.form === 'written')!.value

const USUAL = Object.fromEntries(Object.entries(SHIPPED.forms.written.signals).map(([name, { centre }]) => [name, centre]))

/** Past questions that chance chose, judged. */
function judged(n: number, right: (i: number) => boolean): void {
  const { context } = house
  const answers = Array.from({ length: n }, (_, i) =>
    scoredAnswer({
      turn: `past_${i}`,
      segment: { topic: 'fees', channel: 'portal', tier: 'standard' },
      form: 'written',
      at: context.clock(),
      confidence: 0.5 + (0.5 * (((i * 7919) % n) + 0.5)) / n,
      signals: USUAL,
      fingerprint: fingerprint(),
    }),
  )
  context.store.labels.score(answers, 'system')
  answers.forEach((a, i) => context.store.labels.add({ turn: a.turn, form: 'written', right: right(i), source: 'import' }, 'staff:1'))
}

test('with two admins a threshold changes only after the second has approved it; nobody approves their own', async () => {
  const before = valueNow()
  const [ann, ben] = [await staff('ann', ['admin']), await staff('ben', ['admin'])]
  const sent = await ann
    .post('/console/thresholds/cell')
    .type('form')
    .send({ ...CELL, how: 'from', value: '93', reason: 'Too many wrong' })
    .expect(303)
  expect(sent.headers['location']).toContain('said=proposed')
  expect(valueNow()).toBe(before)
  const [proposal] = house.context.store.proposals.list({ state: 'open' })
  const address = `/console/proposals/${proposal!.id}`
  await ann.post(address).type('form').send({ what: 'approve' }).expect(422)
  expect(valueNow()).toBe(before)
  expect((await ben.get('/console/proposals')).text).toContain('you can decide')
  expect((await ben.get(address)).text).toContain('93 of 100')
  await ben.post(address).type('form').send({ what: 'approve' }).expect(303)
  expect(valueNow()).toBe(0.93)
  expect(house.context.store.thresholds.all().find((t) => t.value === 0.93)?.setBy).toBe(proposal!.by)
})

test('a proposal that was overtaken cannot be approved any more, and says so', async () => {
  const [ann, ben] = [await staff('ann', ['admin']), await staff('ben', ['admin'])]
  await ann
    .post('/console/thresholds/cell')
    .type('form')
    .send({ ...CELL, how: 'never', reason: 'For now' })
  const [proposal] = house.context.store.proposals.list({ state: 'open' })
  house.sendFrom(0.7, 'written')
  const { text } = await ben.post(`/console/proposals/${proposal!.id}`).type('form').send({ what: 'approve' }).expect(422)
  expect(text).toContain('was changed since')
  await ben.post(`/console/proposals/${proposal!.id}`).type('form').send({ what: 'reject', note: 'Overtaken' }).expect(303)
})

test('an open proposal is in the list, however many were decided about since', async () => {
  const { proposals } = house.context.store
  const given = { kind: 'threshold', payload: {}, before: '', after: '', reason: 'For the test' }
  proposals.create({ ...given, title: 'The one that waits' }, 'staff:ann')
  for (let n = 0; n < 500; n++) proposals.withdraw(proposals.create({ ...given, title: `Number ${n}` }, 'staff:ann').id, 'staff:ann')
  expect((await (await staff('ben', ['admin'])).get('/console/proposals')).text).toContain('The one that waits')
})

test('an admin alone may set a threshold, and everybody is told that nobody else looked at it', async () => {
  const ann = await staff('ann', ['admin'])
  expect((await ann.get(CELL_PAGE)).text).toContain('nobody else looked at it')
  await ann
    .post('/console/thresholds/cell')
    .type('form')
    .send({ ...CELL, how: 'from', value: '91', reason: 'Careful' })
    .expect(303)
  expect(valueNow()).toBe(0.91)
  expect((await ann.get(CELL_PAGE)).text).toContain('Nobody else could approve it')
})

test('a cell says how many labels are missing, is certified, and its certified threshold goes through a proposal', async () => {
  const [ann, ben] = [await staff('ann', ['admin']), await staff('ben', ['admin'])]
  expect((await ann.get('/console/thresholds?form=written')).text).toContain('0 judged, needs 300 more')
  await ann.post('/console/thresholds/certify').type('form').send(CELL).expect(422)
  judged(220, () => true)
  expect(house.context.store.certificates.plan(CELL)).toMatchObject({ labels: 220, by: 'system' })
  const page = await ann.get(CELL_PAGE).expect(200)
  expect(page.text).toContain('Certify: test with the first 220')
  await ann.post('/console/thresholds/certify').type('form').send(CELL).expect(303)
  expect((await ann.get(CELL_PAGE)).text).toMatch(/certified from <strong>/)
  await ann
    .post('/console/thresholds/cell')
    .type('form')
    .send({ ...CELL, how: 'certified', reason: 'It is proven' })
    .expect(303)
  const proposal = `/console/proposals/${house.context.store.proposals.list({ state: 'open' })[0]!.id}`
  expect((await ben.get(proposal)).text).toContain('certified: at most 5 of 100 wrong')
  await ben.post(proposal).type('form').send({ what: 'approve' })
  expect((await ann.get('/console/thresholds?form=written')).text).toContain('at most 5 of 100 wrong, 220 judged')
  expect(house.context.ports.threshold({ topic: 'fees', channel: 'portal', tier: 'standard' }, 'written').state).toBe('certified')
})

test('the slider shows what another value would have meant, with and without scripts', async () => {
  const ann = await staff('ann', ['admin'])
  house.sendFrom(0.7, 'written')
  judged(100, (i) => i % 10 !== 0)
  const part = await ann
    .get(`/console/thresholds/preview?${new URLSearchParams(CELL)}&try=90`)
    .set('HX-Request', 'true')
    .expect(200)
  expect(part.text).not.toContain('<html')
  expect(part.text).toContain('40 would be held')
  const whole = await ann.get(`${CELL_PAGE}&try=60`).expect(200)
  expect(whole.text).toContain('20 would go out by itself')
  expect(whole.text).toContain('<svg class="chart-plot"')
})

test('an alarm holds what is sure enough, stands on the overview, and two people switch it on again', async () => {
  const [ann, ben] = [await staff('ann', ['admin']), await staff('ben', ['admin'])]
  const { store, ports } = house.context
  house.sendFrom(0.01)
  store.certificates.suspend({ cell: CELL, audits: 40, errors: 30 }, { text: 'Too many wrong.', href: CELL_PAGE })
  const segment = { topic: 'fees', channel: 'portal', tier: 'standard' } as const
  expect(ports.threshold(segment, 'written').state).toBe('suspended')
  expect((await ann.get('/console/overview')).text).toContain('Too many wrong.')
  expect((await ann.get(CELL_PAGE)).text).toContain('30 found')
  await ann
    .post('/console/thresholds/resume')
    .type('form')
    .send({ ...CELL, reason: 'Article mended' })
    .expect(303)
  expect(ports.threshold(segment, 'written').state).toBe('suspended')
  await ben
    .post(`/console/proposals/${store.proposals.list({ state: 'open' })[0]!.id}`)
    .type('form')
    .send({ what: 'approve' })
    .expect(303)
  expect(ports.threshold(segment, 'written').state).toBe('provisional')
  expect((await ann.get('/console/overview')).text).not.toContain('Too many wrong.')
})

test('a notice can be dismissed, and does not come back while it lasts', async () => {
  const eva = await staff('eva', ['editor'])
  const { notices } = house.context.store
  const raise = () => notices.raise({ key: 'k', kind: 'warning', text: 'An index is old.', href: null })
  raise()
  notices.raise({ key: 'admins', kind: 'note', text: 'For admins.', href: null, roles: ['admin'] })
  const { text } = await eva.get('/console/overview')
  expect(text).toContain('An index is old.')
  expect(text).not.toContain('For admins.')
  await eva.post(`/console/notices/${notices.open().find((n) => n.key === 'admins')!.id}`).expect(404)
  await eva.post(`/console/notices/${notices.open().find((n) => n.key === 'k')!.id}`).expect(303)
  raise()
  expect((await eva.get('/console/overview')).text).not.toContain('An index is old.')
})

test('measurements say how many labels are missing, then what the confidence is worth, and new weights go through a proposal', async () => {
  const [ann, ben] = [await staff('ann', ['admin']), await staff('ben', ['admin'])]
  const ada = await staff('ada', ['auditor'])
  expect((await ada.get('/console/measurements')).text).toContain('0 of 50 judged answers')
  await ann.post('/console/measurements/refit').type('form').send({ form: 'written' }).expect(422)
  judged(220, (i) => i % 4 !== 0)
  const { text } = await ada.get('/console/measurements').expect(200)
  expect(text).toContain('165 of 220 judged answers were right')
  expect(text).not.toContain('Fit to')
  await ada.post('/console/measurements/refit').type('form').send({ form: 'written' }).expect(403)
  const sent = await ann.post('/console/measurements/refit').type('form').send({ form: 'written' }).expect(303)
  const address = sent.headers['location']!.split('?')[0]!
  const page = await ben.get(address).expect(200)
  expect(page.text.match(/<svg class="chart-plot"/g)).toHaveLength(2)
  expect(page.text).toContain('(ECE)')
  const before = house.context.proof.fingerprint()
  await ben.post(address).type('form').send({ what: 'approve' }).expect(303)
  const { store, ports, proof } = house.context
  expect(store.calibrations.current()?.version).toBe('1')
  expect(proof.fingerprint()).not.toEqual(before)
  expect(ports.calibration().version).toBe('1')
  // Of answers that all look the same three in four were right, and the new weights come near to that.
  const off = (models: typeof SHIPPED): number => Math.abs(confidenceOf('written', USUAL, models).value - 0.75)
  expect(off(ports.calibration())).toBeLessThan(off(SHIPPED) / 2)
  expect((await ada.get('/console/measurements')).text).toContain('Version 1')
})

test('the record of a turn says which weights scored it, and they give the same confidence again', async () => {
  const { context } = house
  const { forms } = SHIPPED
  const quoted = { ...forms.quoted, bias: forms.quoted.bias - 0.5 }
  context.store.calibrations.set({ ...SHIPPED, forms: { ...forms, quoted } }, 'staff:1')
  const { id } = context.store.conversations.create({
    customer: context.store.customers.create('standard', 'system').id,
    channel: 'portal',
    tier: 'standard',
  })
  const { turn, done } = context.turns.ask({ conversation: id, text: 'What does a transfer abroad cost?' })
  await done
  context.store.calibrations.set(null, 'staff:1')
  const trace = context.store.turns.trace(turn!.id)!
  expect(trace.calibration).toBe('1')
  const then = context.store.calibrations.get(trace.calibration!)!.models as typeof SHIPPED
  const again = confidenceOf('quoted', trace.evidence!.signals, then).value
  expect(again).toBe(trace.confidence.quoted!.value)
  expect(again).not.toBe(confidenceOf('quoted', trace.evidence!.signals, SHIPPED).value)
  expect(context.ports.calibration()).toBe(SHIPPED)
})

const fingerprint = () => house.context.proof.fingerprint()
