/** By which ways a correction goes out beside its thread, as the settings say. */
import { texts } from '../views/texts/en.ts'
import type { Delivery } from './channels/channel.ts'
import { email } from './channels/email.ts'
import { webhook } from './channels/webhook.ts'
import type { Config } from './config.ts'
import type { Message } from './conversation-types.ts'
import { letterOf, type LetterTexts } from './repair/correction-text.ts'
import type { Way } from './store/correction-types.ts'
import type { Store } from './store/types.ts'

export function waysOutside(
  config: Config,
  store: Store,
  clock: () => number,
): { channels: Delivery[]; waysOf: (conversation: string) => Way[]; onGivenUp: (message: string) => void } {
  const { WEBHOOK_URL, WEBHOOK_SECRET, SMTP_URL, MAIL_FROM } = config
  const channels: Delivery[] = []
  const subjectOf = (conversation: string): string | null => {
    const found = store.conversations.get(conversation)
    // The key's id stands before it (routes/api-conversations.ts); the firm knows the customer without.
    return (found && store.customers.subjectOf(found.customer)?.replace(/^[^:]*:/, '')) ?? null
  }
  if (WEBHOOK_URL && WEBHOOK_SECRET) channels.push(webhook({ url: WEBHOOK_URL, secret: WEBHOOK_SECRET, clock, subjectOf }))
  if (SMTP_URL && MAIL_FROM) channels.push(email({ url: SMTP_URL, from: MAIL_FROM, letterOf: (message) => mailOf(message, config, store) }))
  const has = (way: Way): boolean => channels.some((c) => c.channel === way)
  return {
    channels,
    waysOf(id) {
      const conversation = store.conversations.get(id)
      if (!conversation) return []
      const ways: Way[] = []
      if (conversation.channel === 'api' && has('webhook')) ways.push('webhook')
      if (has('email') && store.contacts.get(conversation.customer)) ways.push('email')
      return ways
    },
    onGivenUp(message) {
      const incident = store.corrections.behind(message)?.incident
      if (!incident) return
      const key = `undelivered:${incident}`
      // Each time anew: what somebody dismissed was an earlier one.
      store.notices.end(key)
      store.notices.raise({
        key,
        kind: 'warning',
        text: 'A correction could not be delivered by mail or webhook. Who has not opened it stands among the people to call.',
        href: `/console/incidents/${incident}#correct`,
      })
    },
  }
}

function mailOf(message: Message, { FIRM_NAME: firm }: Config, store: Store): { to: string; subject: string; text: string } | null {
  const conversation = store.conversations.get(message.conversation)
  const to = conversation && store.contacts.get(conversation.customer)?.email
  const behind = store.corrections.behind(message.id)
  if (!to || !behind) return null
  const { mail } = texts.correction
  const letter = letterOf(behind, mailTexts(store.scope.get().contact))
  return {
    to,
    subject: (behind.reminders > 0 ? mail.reminder : mail.subject).replace('{firm}', firm),
    text: [mail.greeting, letter, mail.farewell.replace('{firm}', firm)].join('\n\n'),
  }
}

const withContact = (text: string, contact: string): string => text.replace('{contact}', contact).trim()

const mailTexts = (contact: string): LetterTexts => ({
  ...texts.correction,
  opening: texts.correction.mail.opening,
  closing: withContact(texts.correction.mail.closing, contact),
})
