/** A customer writes, gives up waiting, or says whether an answer helped. */
import type { Response } from 'express'
import { z } from 'zod'
import { Partial, render, renderPart } from '../../views/layout.tsx'
import { href } from '../../views/portal/address.ts'
import { Feedback } from '../../views/portal/feedback.tsx'
import { PortalPage } from '../../views/portal/page.tsx'
import { Problem, ConversationField, Standing } from '../../views/portal/composer.tsx'
import { MESSAGE_LIMIT } from '../../views/portal/talk.ts'
import { Conversation as ConversationView } from '../../views/portal/thread.tsx'
import { fill, texts } from '../../views/texts/en.ts'
import { VouchError, invalid, notFound } from '../errors.ts'
import type { Context } from '../context.ts'
import type { Conversation } from '../conversation-types.ts'
import type { Customer } from '../types.ts'
import { readFields } from './body.ts'
import { begin, firmOf, meant, ownConversation, ownMessage, talkOf, unreadBy, wantsPart } from './portal-talk.ts'
import type { Visit } from './route.ts'

/** `example` is the button of an example question; it goes before what stands in the box. */
const Asked = z.object({ conversation: z.string().default(''), text: z.string().default(''), example: z.string().optional() })

export function postMessage(visit: Visit<Customer>): void {
  const { req, res, context, who } = visit
  const given = readFields(Asked, req.body)
  const text = (given.example ?? given.text).replaceAll(/\r\n?/g, '\n').trim()
  const refused = refusalOf(text)
  if (refused) return refuse(visit, given.conversation, text, 422, refused)
  let conversation: Conversation
  try {
    conversation = meant(context, who, given.conversation) ?? begin(context, who)
    const { done } = context.turns.ask({ conversation: conversation.id, text })
    // How the turn ends is told by its own events.
    done.catch(() => undefined)
  } catch (error) {
    const known = error instanceof VouchError ? error : null
    if (!known) context.log.error({ err: error }, 'a message could not be taken')
    if (known?.status === 404) throw known
    if (known?.retryAfterS) res.set('Retry-After', String(known.retryAfterS))
    return refuse(visit, given.conversation, text, known?.status ?? 500, wordsFor(known))
  }
  if (!wantsPart(req)) return res.redirect(303, href.conversation(conversation.id))
  res.set('HX-Trigger', 'vouch:taken')
  sendTalk(res, context, conversation)
}

function refusalOf(text: string): string | null {
  if (text === '') return texts.problems.empty
  return text.length > MESSAGE_LIMIT ? fill(texts.problems.long, { count: text.length, limit: MESSAGE_LIMIT }) : null
}

function wordsFor(error: VouchError | null): string {
  if (error?.type === 'record-unavailable') return texts.problems.record
  if (error?.type === 'busy') return fill(texts.problems.busy, { seconds: error.retryAfterS ?? 10 })
  return texts.problems.other
}

/** The words come back: with scripts they never left the box, without they are put into it again. */
function refuse({ req, res, context, who }: Visit<Customer>, given: string, text: string, status: number, problem: string): void {
  res.status(status)
  if (wantsPart(req)) {
    res.send(
      renderPart(
        <Partial target="#composer-problem">
          <Problem text={problem} />
        </Partial>,
      ),
    )
    return
  }
  const conversation = meant(context, who, given)
  const talk = talkOf(context, conversation, { seen: true })
  res.send(
    render(
      <PortalPage
        firm={firmOf(context)}
        talk={talk}
        fresh={given === 'new'}
        text={text}
        problem={problem}
        unread={unreadBy(context, who, conversation)}
      />,
    ),
  )
}

/** The conversation as it stands now, and the composer told which one it is. What is typed is not touched. */
export function sendTalk(res: Response, context: Context, conversation: Conversation): void {
  const talk = talkOf(context, conversation, { seen: true })
  const state = talk.conversation?.state ?? conversation.state
  res.send(
    renderPart(
      <>
        <Partial target="#talk">
          <ConversationView talk={talk} />
        </Partial>
        <Partial target="#conversation">
          <ConversationField value={conversation.id} />
        </Partial>
        <Partial target="#standing">
          <Standing state={state} />
        </Partial>
        <Partial target="#composer-problem">
          <Problem text={null} />
        </Partial>
      </>,
    ),
  )
}

export function cancelTurn({ req, res, context, who }: Visit<Customer>): void {
  const turn = context.store.turns.get(String(req.params['id']))
  if (!turn) throw notFound('question')
  const conversation = ownConversation(context, who, turn.conversation)
  context.turns.cancel(turn.id)
  if (wantsPart(req)) return void res.status(204).end()
  res.redirect(303, href.conversation(conversation.id))
}

const Rated = z.object({
  value: z.enum(['up', 'down']),
  reason: z.string().trim().max(100).default(''),
  more: z.string().trim().max(500).default(''),
})

/** Thumbs; a thumb down is kept at once, and its reason when it is given. */
export function rateMessage({ req, res, context, who }: Visit<Customer>): void {
  const { message, conversation } = ownMessage(context, who, String(req.params['id']))
  if (message.kind !== 'answer' || message.author === 'customer') throw invalid('Only an answer can be rated.')
  const { value, reason, more } = readFields(Rated, req.body)
  const words = [reason, more].filter((part) => part !== '').join(': ')
  context.store.conversations.feedback(message.id, value, words || null, `customer:${who.id}`)
  if (!wantsPart(req)) return res.redirect(303, `${href.conversation(conversation.id)}#message-${message.id}`)
  const askWhy = value === 'down' && words === '' && !('more' in req.body)
  res.send(renderPart(<Feedback message={message.id} value={value} askWhy={askWhy} />))
}
