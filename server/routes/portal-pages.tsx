/** What a customer looks at: the conversation, and the passage behind a sentence. */
import { z } from 'zod'
import type { ComponentProps } from 'preact'
import { Toast } from '../../views/components/toast.tsx'
import { Partial, render, renderPart } from '../../views/layout.tsx'
import { Problem } from '../../views/portal/composer.tsx'
import { PortalFrame, PortalPage } from '../../views/portal/page.tsx'
import type { Earlier } from '../../views/portal/page.tsx'
import { ProblemPage } from '../../views/portal/problem-page.tsx'
import { SourceDialog, SourcePage } from '../../views/portal/source.tsx'
import { inOrder, numbersOf, sourcesOf } from '../../views/portal/sources.ts'
import { fill, texts } from '../../views/texts/en.ts'
import type { Context } from '../context.ts'
import { notFound } from '../errors.ts'
import type { Customer } from '../types.ts'
import { readFields } from './body.ts'
import type { ErrorPage } from './problem.ts'
import { firmOf, ownConversation, ownMessage, opened, talkOf, unreadBy, wantsPart } from './portal-talk.ts'
import type { Visit } from './route.ts'
import { customerOf } from './who.ts'

/** `new`: an empty page although there is a conversation; `c`: an earlier one. */
const Asked = z.object({ new: z.string().optional(), c: z.string().optional() })

export function showPortal({ req, res, context, who }: Visit<Customer>): void {
  const asked = readFields(Asked, req.query)
  const fresh = asked.new !== undefined
  const conversation = asked.c
    ? ownConversation(context, who, asked.c)
    : fresh
      ? null
      : context.store.conversations.latestOf(who.id, 'portal')
  const talk = talkOf(context, conversation, { seen: true })
  const earlier = talk.messages.length > 0 ? [] : earlierOf(context, who)
  res.send(
    render(<PortalPage firm={firmOf(context)} talk={talk} fresh={fresh} earlier={earlier} unread={unreadBy(context, who, conversation)} />),
  )
}

const EARLIER = 5

/** A held answer may arrive in a conversation that the customer has left, so the last ones stay in reach. */
function earlierOf({ store }: Context, who: Customer): Earlier[] {
  return store.conversations.ofCustomer(who.id, 'portal', EARLIER).flatMap((conversation) => {
    const question = store.conversations.messages(conversation.id).find((message) => message.author === 'customer')
    return question ? [{ conversation, question: question.text }] : []
  })
}

/** Only what an answer in a conversation of this customer's rests on. */
export function showSource({ req, res, context, who }: Visit<Customer>): void {
  const { message, conversation } = ownMessage(context, who, String(req.params['message']))
  const sources = sourcesOf(message)
  const source = sources.find(({ number }) => String(number) === req.params['index'])
  const revision = source && context.knowledge.revision(source.citation.revision)
  if (!source || !revision) throw notFound('source')
  const props: ComponentProps<typeof SourcePage> = {
    citation: source.citation,
    revision,
    said: inOrder(message.sentences)
      .filter((sentence) => numbersOf(sentence.citations, [source]).length > 0)
      .map((sentence) => message.text.slice(sentence.start, sentence.end)),
    outdated: !context.store.knowledge.inForce().some(({ id }) => id === revision.id),
    conversation: conversation.id,
  }
  if (wantsPart(req)) return void res.send(renderPart(<SourceDialog {...props} />))
  const page = (
    <PortalFrame
      firm={firmOf(context)}
      title={texts.sources.title}
      conversation={conversation.id}
      unread={unreadBy(context, who, conversation)}
    >
      <SourcePage {...props} />
    </PortalFrame>
  )
  res.send(render(page))
}

/** Asked for a correction that arrived while the page was there: it is opened once somebody looks at the page. */
export function noteOpened({ req, res, context, who }: Visit<Customer>): void {
  const { message } = ownMessage(context, who, String(req.params['id']))
  if (message.corrects) opened(context, [message])
  res.status(204).end()
}

/** Errors of the portal's addresses. What a script asked for is told where it was asked: over the box, or in the corner. */
export const portalErrorPage =
  (context: Context): ErrorPage =>
  (req, res, { status, detail }) => {
    res.status(status)
    const who = customerOf(res)
    if (!wantsPart(req))
      return void res.send(
        render(<ProblemPage firm={firmOf(context)} status={status} detail={detail} unread={who ? unreadBy(context, who, null) : []} />),
      )
    const often = status === 429 ? fill(texts.problems.often, { seconds: res.get('Retry-After') ?? 60 }) : texts.problems.other
    const part =
      req.path === '/messages' ? (
        <Partial target="#composer-problem">
          <Problem text={often} />
        </Partial>
      ) : (
        <Partial target="#toasts" swap="beforeend">
          <Toast tone="bad">{status === 404 ? texts.problems.missing : texts.problems.page}</Toast>
        </Partial>
      )
    res.send(renderPart(part))
  }
