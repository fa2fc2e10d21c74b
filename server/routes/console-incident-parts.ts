/** What the page of an incident is made of. */
import type { CorrectProps } from '../../views/console/incident-correct.tsx'
import type { CloseProps } from '../../views/console/incident-close.tsx'
import { sees } from '../../views/console/frame.tsx'
import type { ReachProps } from '../../views/console/incident-reach.tsx'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import { changedArticles, suggestedCase } from '../repair/close-incident.ts'
import type { Recipient } from '../store/correction-types.ts'
import type { Incident } from '../store/incident-types.ts'
import { namesOf, param, type StaffVisit } from './console-reply.ts'

export const REPAIRERS = ['reviewer', 'editor', 'admin'] as const

export const needsOf = ({ store, knowledge }: Context) => ({ store, knowledge })

export function incidentOf({ req, context }: StaffVisit): Incident {
  const incident = context.store.incidents.get(param(req, 'id'))
  if (!incident) throw notFound('incident')
  return incident
}

/** Incidents that are open about what stood in these articles. */
export const openAbout = ({ store }: Context, articles: string[]): Pick<Incident, 'id' | 'wrong'>[] =>
  store.incidents
    .list({ state: 'unfinished' })
    .filter((i) => [i.article, i.source?.article, ...i.spans.map((s) => s.article)].some((one) => one && articles.includes(one)))

const SHOWN = 200

export function reachOf({ context, who }: StaffVisit, { id }: Incident): Omit<ReachProps, 'incident' | 'mayChange' | 'now' | 'nameOf'> {
  const { store, repair } = context
  const hits = store.incidents.hits(id, SHOWN)
  return {
    hits: hits.map((hit) => ({ ...hit, text: store.reach.text(hit.message) })),
    counts: store.incidents.counts(id),
    lookedAt: store.incidents.steps(id).findLast((s) => s.type === 'incident.reach')?.at ?? null,
    job: repair.reach.of(id),
    seesConversations: sees(who.roles, 'conversations'),
  }
}

/** A reminder follows a day after the last word, not sooner. */
const DAY = 24 * 3_600_000

export function correctOf(visit: StaffVisit, incident: Incident): Omit<CorrectProps, 'typed'> {
  const { context, who } = visit
  const { store, proposals } = context
  const correction = store.corrections.of(incident.id)
  const recipients = correction ? store.corrections.recipients(correction.id) : []
  return {
    incident,
    correction,
    checking: context.repair.letters.of(incident.id),
    whyNot: correction ? proposals.whyNot({ kind: 'correction', by: correction.by }, who) : null,
    alone: proposals.alone('correction', who),
    uncorrected: store.corrections.uncorrected(incident.id),
    counts: correction ? store.corrections.counts(correction.id) : null,
    recipients: recipients.slice(0, SHOWN),
    known: seesCustomers(who) ? knownAs(context, recipients) : () => [],
    canRemind: correction?.state === 'sent' ? remindable(context, recipients).length : 0,
    mayChange: REPAIRERS.some((role) => who.roles.includes(role)),
    seesConversations: sees(who.roles, 'conversations'),
    nameOf: namesOf(context),
    now: context.clock(),
  }
}

/** Who a customer is to the firm's own systems, for those who write to customers anyway: what a program called them, and their address. */
const seesCustomers = ({ roles }: StaffVisit['who']): boolean => roles.includes('reviewer') || roles.includes('admin')

const knownAs =
  ({ store }: Context, recipients: Recipient[]) =>
  (conversation: string): string[] => {
    const customer = recipients.find((r) => r.conversation === conversation)?.customer
    if (customer === undefined) return []
    // Before the colon stands which key the program had: nothing to call somebody by.
    const subject = store.customers.subjectOf(customer)?.replace(/^key_\w+:/, '')
    return [subject, store.contacts.get(customer)?.email].filter((name) => typeof name === 'string')
  }

export const remindable = ({ repair, clock }: Context, recipients: Recipient[]): Recipient[] =>
  recipients.filter(
    (r) =>
      r.state === 'sent' &&
      r.openedAt === null &&
      r.called === null &&
      clock() - (r.remindedAt ?? r.sentAt ?? 0) >= DAY &&
      repair.waysOf(r.conversation).length > 0,
  )

export function closeOf({ context, who }: StaffVisit, incident: Incident): CloseProps {
  const { store, repair } = context
  return {
    incident,
    cases: store.cases.of(incident.id),
    suggested: suggestedCase(incident),
    changed: changedArticles(incident, store),
    standing: store.quarantines.of(incident.id).filter((q) => q.lifted === null),
    asking: repair.regression.progress(),
    mayChange: REPAIRERS.some((role) => who.roles.includes(role)),
    nameOf: namesOf(context),
    now: context.clock(),
  }
}
