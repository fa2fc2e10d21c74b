import { z } from 'zod'
import { Console } from '../../views/console/frame.tsx'
import { Account, Member, Staff, type ListedStaff, type StaffProps } from '../../views/console/staff.tsx'
import { conflict, invalid, notFound } from '../errors.ts'
import { checkPassword, hashPassword, makePassword } from '../people/passwords.ts'
import { sessionCookie, startSession } from '../people/sessions.ts'
import { ROLES, type Role } from '../types.ts'
import { readFields } from './body.ts'
import { actorOf, frameOf, goOn, mendable, param, saidOf, show, type StaffVisit } from './console-reply.ts'
import type { Route } from './route.ts'

const ADMINS = ['admin'] as const

export const staffRoutes: Route[] = [
  { method: 'get', path: '/console/staff', access: ADMINS, handle: (visit) => showStaff(visit, {}) },
  { method: 'post', path: '/console/staff', access: ADMINS, handle: create },
  { method: 'get', path: '/console/staff/:id', access: ADMINS, handle: (visit) => showMember(visit, null) },
  { method: 'post', path: '/console/staff/:id/roles', access: ADMINS, handle: setRoles },
  { method: 'post', path: '/console/staff/:id/password', access: ADMINS, handle: renewPassword },
  { method: 'post', path: '/console/staff/:id/active', access: ADMINS, handle: setActive },
  { method: 'get', path: '/console/account', access: ROLES, beforeOwnPassword: true, handle: (visit) => showAccount(visit, null) },
  { method: 'post', path: '/console/account/password', access: ROLES, beforeOwnPassword: true, handle: changeOwn },
]

function showStaff(visit: StaffVisit, given: Partial<StaffProps>): void {
  const { req, res, context, who } = visit
  const page = Staff({
    staff: context.store.staff.list(),
    me: who.id,
    fresh: null,
    draft: { name: '', roles: [] },
    problem: null,
    said: saidOf(req),
    ...given,
  })
  show(res, Console({ frame: frameOf(visit), place: 'staff', title: 'Staff', children: page }), given.problem ? 422 : 200)
}

/** One checkbox comes as a string, several as an array, none as nothing. */
const roles = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.enum(ROLES)).min(1, 'Choose at least one role.'),
)
const createFields = z.object({ name: z.string().trim().max(60), roles: z.unknown() })

/** The password is in the answer to this request and nowhere else. */
async function create(visit: StaffVisit): Promise<void> {
  const { req, context, who } = visit
  const fields = readFields(createFields, req.body)
  const chosen = roles.safeParse(fields.roles)
  const draft = { name: fields.name, roles: chosen.success ? chosen.data : [] }
  try {
    if (draft.name.length < 2) throw invalid('Give a name of at least two letters.')
    if (draft.roles.length === 0) throw invalid('Choose at least one role.')
    if (context.store.staff.byName(draft.name)) throw conflict(`There is somebody called ${draft.name} already.`)
    const password = makePassword()
    context.store.staff.create({ ...draft, passwordHash: await hashPassword(password), oneTime: true }, actorOf(who))
    showStaff(visit, { fresh: { name: draft.name, password } })
  } catch (error) {
    showStaff(visit, { draft, problem: mendable(error) })
  }
}

function showMember(visit: StaffVisit, problem: string | null): void {
  const { req, res, who } = visit
  const member = find(visit)
  const page = Member({ member, me: who.id, problem, said: saidOf(req) })
  show(res, Console({ frame: frameOf(visit), place: 'staff', title: member.name, children: page }), problem ? 422 : 200)
}

function setRoles(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const member = find(visit)
  const chosen = roles.safeParse((req.body as { roles?: unknown } | undefined)?.roles)
  if (!chosen.success) return showMember(visit, 'Choose at least one role, or deactivate them.')
  if (!chosen.data.includes('admin') && isLastAdmin(visit, member))
    return showMember(visit, 'Somebody has to be admin: give that role to another first.')
  context.store.staff.setRoles(member.id, [...new Set<Role>(chosen.data)], actorOf(who))
  goOn(res, `/console/staff/${member.id}`, { said: 'roles' })
}

async function renewPassword(visit: StaffVisit): Promise<void> {
  const { context, who } = visit
  const member = find(visit)
  const password = makePassword()
  context.store.staff.setPassword(member.id, await hashPassword(password), actorOf(who), true)
  showStaff(visit, { fresh: { name: member.name, password } })
}

const activeFields = z.object({ active: z.enum(['yes', 'no']) })

function setActive(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const member = find(visit)
  const active = readFields(activeFields, req.body).active === 'yes'
  if (!active && member.id === who.id) return showMember(visit, 'You cannot deactivate yourself.')
  context.store.staff.setActive(member.id, active, actorOf(who))
  goOn(res, `/console/staff/${member.id}`, { said: active ? 'activated' : 'deactivated' })
}

function isLastAdmin({ context }: StaffVisit, { id }: ListedStaff): boolean {
  return !context.store.staff.list().some((s) => s.active && s.id !== id && s.roles.includes('admin'))
}

function find({ req, context }: StaffVisit): ListedStaff {
  const member = context.store.staff.list().find((s) => s.id === param(req, 'id'))
  if (!member) throw notFound('member of staff')
  return member
}

function showAccount(visit: StaffVisit, problem: string | null): void {
  const { req, res, who } = visit
  const page = Account({ staff: who, problem, said: saidOf(req) })
  show(res, Console({ frame: frameOf(visit), place: 'account', title: 'Your account', children: page }), problem ? 422 : 200)
}

const ownFields = z.object({ current: z.string().max(1000), fresh: z.string().max(1000), again: z.string().max(1000) })

async function changeOwn(visit: StaffVisit): Promise<void> {
  const { req, res, context, who } = visit
  const { current, fresh, again } = readFields(ownFields, req.body)
  try {
    const known = context.store.staff.byName(who.name)
    if (!(await checkPassword(current, known?.passwordHash ?? null))) throw invalid('The password that you have now is not right.')
    if (fresh !== again) throw invalid('The two new passwords differ. Please type them again.')
    if (fresh === current) throw invalid('That is the password that you have now. Choose another.')
    context.store.staff.setPassword(who.id, await hashPassword(fresh), actorOf(who))
    // It ended every session of theirs: whoever else knew the old password is out.
    res.append('Set-Cookie', sessionCookie(startSession(context.store, who.id), context.config))
  } catch (error) {
    return showAccount(visit, mendable(error))
  }
  goOn(res, '/console/account', { said: 'password' })
}
