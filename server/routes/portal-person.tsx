/** "Talk to a person": first what happens next, then the conversation waits for somebody. */
import { z } from 'zod'
import { Partial, render, renderPart } from '../../views/layout.tsx'
import { href } from '../../views/portal/address.ts'
import { PortalFrame } from '../../views/portal/page.tsx'
import { PersonDialog, PersonPage, PersonProblem } from '../../views/portal/person.tsx'
import { fill, texts } from '../../views/texts/en.ts'
import { VouchError } from '../errors.ts'
import type { Context } from '../context.ts'
import type { Conversation } from '../conversation-types.ts'
import type { Customer } from '../types.ts'
import { readFields } from './body.ts'
import { sendTalk } from './portal-messages.tsx'
import { begin, firmOf, meant, unreadBy, wantsPart } from './portal-talk.ts'
import type { Visit } from './route.ts'

const Asked = z.object({ conversation: z.string().default('') })

export function showPerson({ req, res, context, who }: Visit<Customer>): void {
  const given = readFields(Asked, req.query).conversation
  const conversation = meant(context, who, given)
  const firm = firmOf(context)
  const props = { conversation: conversation?.id ?? given, contact: firm.contact, already: isAsked(conversation) }
  if (wantsPart(req)) return void res.send(renderPart(<PersonDialog {...props} />))
  const page = (
    <PortalFrame
      firm={firm}
      title={texts.person.title}
      conversation={conversation?.id ?? null}
      unread={unreadBy(context, who, conversation)}
    >
      <PersonPage {...props} />
    </PortalFrame>
  )
  res.send(render(page))
}

/** Asking twice is asking once. */
export function askForPerson({ req, res, context, who }: Visit<Customer>): void {
  const given = readFields(Asked, req.body).conversation
  let conversation: Conversation
  try {
    conversation = meant(context, who, given) ?? begin(context, who)
    if (!isAsked(conversation)) handOver(context, who, conversation)
  } catch (error) {
    if (!wantsPart(req) || (error instanceof VouchError && error.status === 404)) throw error
    const known = error instanceof VouchError ? error : null
    if (!known) context.log.error({ err: error }, 'a person could not be asked for')
    res.status(known?.status ?? 500).send(
      renderPart(
        <Partial target="#person-problem">
          <PersonProblem text={fill(texts.person.failed, { contact: firmOf(context).contact })} />
        </Partial>,
      ),
    )
    return
  }
  if (!wantsPart(req)) return res.redirect(303, href.conversation(conversation.id))
  res.set('HX-Trigger', 'vouch:close-dialog')
  sendTalk(res, context, conversation)
}

function isAsked(conversation: Conversation | null): boolean {
  return conversation?.state === 'waiting' || conversation?.state === 'person'
}

/** A turn that is under way goes on: its answer may still be what the customer needs. */
function handOver({ store, turns, ports }: Context, who: Customer, { id }: Conversation): void {
  const actor = `customer:${who.id}`
  const notice = { text: ports.texts.askedForPerson, verdict: 'escalate' } as const
  const message = store.conversations.setState(id, 'waiting', null, actor, 'The customer asked for a person.', notice)
  if (message) turns.publish({ type: 'message', conversation: id, message })
  turns.publish({ type: 'state', conversation: id, state: 'waiting' })
}
