import { afterEach, beforeEach, expect, test } from 'vitest'
import { conflict } from '../errors.ts'
import { temporaryStore, type TemporaryStore } from '../store/temporary-store.ts'
import type { Role, StaffMember } from '../types.ts'
import { createProposals, type Proposals } from './proposals.ts'

let at: TemporaryStore
let proposals: Proposals
let applied: unknown[]
let dropped: unknown[]
let fails = false
beforeEach(() => {
  at = temporaryStore()
  applied = []
  dropped = []
  fails = false
  const apply = (payload: unknown, { by }: { by: string }, approvedBy: string): void => {
    at.store.thresholds.set({ topic: 'x', channel: '*', tier: '*', form: 'written', value: 0.9, reason: by }, approvedBy)
    if (fails) throw conflict('It has changed meanwhile.')
    applied.push(payload)
  }
  proposals = createProposals({
    store: at.store,
    appliers: { threshold: { roles: ['admin'], apply, drop: (payload) => void dropped.push(payload) } },
    clock: at.now,
  })
})
afterEach(() => at.remove())

const member = (name: string, roles: Role[]): StaffMember => at.store.staff.create({ name, passwordHash: 'h', roles }, 'system')
const PROPOSAL = {
  kind: 'threshold',
  title: 'Cards',
  payload: { value: 0.9 },
  before: 'from 80',
  after: 'from 90',
  reason: 'Too many wrong',
}

test('a second person approves, and then it holds', () => {
  const [ann, ben] = [member('ann', ['admin']), member('ben', ['admin'])]
  const { id } = proposals.propose(PROPOSAL, ann)
  expect(at.store.proposals.list({ state: 'open' })).toMatchObject([{ id, by: `staff:${ann.id}`, payload: { value: 0.9 } }])
  expect(proposals.approve(id, ben)).toMatchObject({ state: 'approved', decidedBy: `staff:${ben.id}`, decidedAt: at.now() })
  expect(applied).toEqual([{ value: 0.9 }])
  expect(() => proposals.approve(id, ben)).toThrow(/approved already/)
  expect(applied).toHaveLength(1)
  expect(at.store.log.entries(1, 100).map((e) => e.type)).toEqual(expect.arrayContaining(['proposal.made', 'proposal.approved']))
})

test('nobody approves their own, and only who has the role decides', () => {
  const [ann, rob] = [member('ann', ['admin']), member('rob', ['reviewer'])]
  const { id } = proposals.propose(PROPOSAL, ann)
  expect(() => proposals.approve(id, ann)).toThrow(/somebody else/)
  expect(() => at.store.proposals.decide(id, { state: 'approved', note: null }, `staff:${ann.id}`, () => undefined)).toThrow(/own proposal/)
  expect(() => proposals.reject(id, 'no', rob)).toThrow(/Only admin/)
  expect(proposals.whyNot(at.store.proposals.get(id)!, rob)).toContain('Only admin')
  expect(at.store.proposals.get(id)?.state).toBe('open')
})

test('what can no longer be applied is not approved either, and leaves nothing behind', () => {
  const [ann, ben] = [member('ann', ['admin']), member('ben', ['admin'])]
  const { id } = proposals.propose(PROPOSAL, ann)
  fails = true
  const before = at.store.log.size()
  expect(() => proposals.approve(id, ben)).toThrow(/changed meanwhile/)
  expect(at.store.proposals.get(id)?.state).toBe('open')
  expect(at.store.log.size()).toBe(before)
  expect(at.store.thresholds.all().some((t) => t.topic === 'x')).toBe(false)
})

test('a rejection says why; who proposed may withdraw, others not', () => {
  const [ann, ben] = [member('ann', ['admin']), member('ben', ['admin'])]
  const first = proposals.propose(PROPOSAL, ann).id
  expect(() => proposals.reject(first, ' ', ben)).toThrow(/Say why/)
  expect(proposals.reject(first, 'Not now', ben)).toMatchObject({ state: 'rejected', note: 'Not now' })
  const second = proposals.propose(PROPOSAL, ann).id
  expect(() => proposals.withdraw(second, ben)).toThrow(/Only who made/)
  expect(proposals.withdraw(second, ann).state).toBe('withdrawn')
  expect(() => proposals.propose({ ...PROPOSAL, reason: '' }, ann)).toThrow(/Say why/)
  expect(() => proposals.propose({ ...PROPOSAL, kind: 'unheard-of' }, ann)).toThrow(/Nothing knows/)
  expect(applied).toEqual([])
  expect(dropped).toEqual([PROPOSAL.payload, PROPOSAL.payload])
})

test('alone is who has no active colleague that could approve', () => {
  const ann = member('ann', ['admin'])
  member('rob', ['reviewer'])
  expect(proposals.alone('threshold', ann)).toBe(true)
  const ben = member('ben', ['admin'])
  expect(proposals.alone('threshold', ann)).toBe(false)
  at.store.staff.setActive(ben.id, false, 'system')
  expect(proposals.alone('threshold', ann)).toBe(true)
})

test('nobody makes themselves alone: who has just taken the right from a colleague still needs a second person', () => {
  const [ann, ben] = [member('ann', ['admin']), member('ben', ['admin'])]
  const week = 7 * 86_400_000
  at.store.staff.setActive(ben.id, false, `staff:${ann.id}`)
  expect(proposals.alone('threshold', ann)).toBe(false)
  at.pass(week + 1)
  expect(proposals.alone('threshold', ann)).toBe(true)
  at.store.staff.setActive(ben.id, true, `staff:${ann.id}`)
  at.store.staff.setRoles(ben.id, ['reviewer'], `staff:${ann.id}`)
  expect(proposals.alone('threshold', ann)).toBe(false)
})
