/** What a machine may speak about: seen and changed by admins; each change is in the log. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Console } from '../../views/console/frame.tsx'
import { Scope, type ScopeProps } from '../../views/console/scope.tsx'
import { conflict, invalid } from '../errors.ts'
import type { ScopeRules } from '../scope-types.ts'
import { readFields } from './body.ts'
import { actorOf, frameOf, goOn, mendable, saidOf, show, type StaffVisit } from './console-reply.ts'
import type { Route } from './route.ts'

const ADMINS = ['admin'] as const

export const scopeRoutes: Route[] = [
  { method: 'get', path: '/console/scope', access: ADMINS, handle: (visit) => showScope(visit, {}) },
  { method: 'post', path: '/console/scope', access: ADMINS, handle: change },
]

function showScope(visit: StaffVisit, given: Partial<ScopeProps>): void {
  const { req, res, context } = visit
  const own = context.store.scope.get()
  const rules = context.ports.scope()
  const page = Scope({
    rules,
    amount: own.amountAbove ? String(own.amountAbove.value) : '',
    reason: '',
    seen: versionOf(own),
    ownTopics: own.topics.length > 0,
    ownUrgent: own.urgent.length > 0,
    problem: null,
    said: saidOf(req),
    ...given,
  })
  show(
    res,
    Console({ frame: frameOf(visit), place: 'thresholds', title: 'What Vouch may answer', children: page }),
    given.problem ? 422 : 200,
  )
}

const fields = z
  .object({
    seen: z.string(),
    amount: z.string().trim().max(15),
    contact: z.string().trim().max(500),
    reason: z.string().trim().max(500),
  })
  .catchall(z.string().trim().max(2000))

function change(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const sent = readFields(fields, req.body)
  const own = context.store.scope.get()
  const typed = typedInto(context.ports.scope(), sent)
  try {
    if (sent.reason.length < 3) throw invalid('Say why it is changed.')
    if (typed.urgent.some(({ text }) => text === '')) throw invalid('What can’t wait needs a text: customers get it word for word.')
    const amountAbove = limitOf(sent.amount, own)
    if (sent.seen !== versionOf(own))
      throw conflict('Somebody else has changed this meanwhile. Your words are below, over theirs: look again, then save.')
    const effective = context.ports.scope()
    context.store.scope.set(
      {
        topics: same(typed.topics, effective.topics) ? own.topics : typed.topics,
        urgent: same(typed.urgent, effective.urgent) ? own.urgent : typed.urgent,
        amountAbove,
        contact: sent.contact,
        reason: sent.reason,
      },
      actorOf(who),
    )
  } catch (error) {
    return showScope(visit, { rules: typed, amount: sent.amount, reason: sent.reason, problem: mendable(error) })
  }
  goOn(res, '/console/scope', { said: 'scope' })
}

/** The rules with what the form says of each; topics and cases that it does not name stay as they are. */
function typedInto(rules: ScopeRules, sent: z.infer<typeof fields>): ScopeRules {
  return {
    ...rules,
    contact: sent.contact,
    topics: rules.topics.map((topic) => ({ ...topic, rule: ruleOf(sent[`rule-${topic.id}`]) ?? topic.rule })),
    urgent: rules.urgent.map((one) => ({ ...one, text: sent[`text-${one.id}`] ?? one.text })),
  }
}

const ruleOf = (value: string | undefined) => (['allowed', 'approval', 'never'] as const).find((rule) => rule === value)

function limitOf(amount: string, own: ScopeRules): ScopeRules['amountAbove'] {
  if (amount === '') return null
  const value = Number(amount.replaceAll(',', ''))
  if (!(value >= 0)) throw invalid('The amount has to be a number, such as 2500; leave it empty for no limit.')
  return { currency: own.amountAbove?.currency ?? 'GBP', value }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
const versionOf = (rules: ScopeRules): string => createHash('sha256').update(JSON.stringify(rules)).digest('hex')
