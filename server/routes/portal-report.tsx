/** A customer says that an answer is wrong, and in which sentence. A colleague looks at it, and tells them in the thread what came of it. */
import { z } from 'zod'
import { render, renderPart } from '../../views/layout.tsx'
import { href } from '../../views/portal/address.ts'
import { PortalFrame } from '../../views/portal/page.tsx'
import { ReportDialog, ReportPage } from '../../views/portal/report.tsx'
import { texts } from '../../views/texts/en.ts'
import { invalid } from '../errors.ts'
import type { Customer } from '../types.ts'
import { readFields } from './body.ts'
import { sendTalk } from './portal-messages.tsx'
import { firmOf, ownMessage, unreadBy, wantsPart } from './portal-talk.ts'
import { MISTAKE, spanOf } from './report-fields.ts'
import type { Visit } from './route.ts'

export function showReport({ req, res, context, who }: Visit<Customer>): void {
  const { message, conversation } = ownMessage(context, who, String(req.params['id']))
  if (message.kind !== 'answer' || message.author === 'customer') throw invalid('Only an answer can be reported.')
  if (wantsPart(req)) return void res.send(renderPart(<ReportDialog message={message} />))
  const page = (
    <PortalFrame
      firm={firmOf(context)}
      title={texts.report.title}
      conversation={conversation.id}
      unread={unreadBy(context, who, conversation)}
    >
      <ReportPage message={message} />
    </PortalFrame>
  )
  res.send(render(page))
}

const Reported = z.object({
  sentence: z.string().default(''),
  kind: MISTAKE.or(z.literal('')).default(''),
  text: z.string().trim().max(1000).default(''),
})

export function makeReport({ req, res, context, who }: Visit<Customer>): void {
  const { message, conversation } = ownMessage(context, who, String(req.params['id']))
  const { sentence, kind, text } = readFields(Reported, req.body)
  const { message: told } = context.store.reports.add(
    { message: message.id, kind: kind || null, span: spanOf(sentence), text },
    `customer:${who.id}`,
    texts.notices.reported,
  )
  if (told) context.turns.publish({ type: 'message', conversation: conversation.id, message: told })
  context.turns.publish({ type: 'noticed', conversation: conversation.id, turn: message.turn })
  if (!wantsPart(req)) return res.redirect(303, href.conversation(conversation.id))
  res.set('HX-Trigger', 'vouch:close-dialog')
  sendTalk(res, context, conversation)
}
