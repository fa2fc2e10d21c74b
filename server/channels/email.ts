import { createTransport } from 'nodemailer'
import type { Message } from '../conversation-types.ts'
import { Undeliverable, type Delivery } from './channel.ts'

interface Needs {
  /** `smtps://user:password@host:port`, or `smtp://…` with STARTTLS. */
  url: string
  from: string
  /** Null: there is nothing to send any more (the customer was erased, or has no address). */
  letterOf: (message: Message) => { to: string; subject: string; text: string } | null
}

/** A correction by mail. The Message-ID is the same at every attempt, so that a mail that arrives twice is one. */
export function email({ url, from, letterOf }: Needs): Delivery {
  const transport = createTransport(url, { disableFileAccess: true, disableUrlAccess: true })
  return {
    channel: 'email',
    async deliver(message, key) {
      const letter = letterOf(message)
      if (letter) await transport.sendMail({ ...letter, from, messageId: `<${message.id}.${key}@vouch.invalid>` }).catch(refused)
    },
  }
}

/** Replies that say something of the address, not of the moment or of who sends (RFC 5321, 4.2.3; RFC 7504): no such mailbox, no mail there. */
const NO_SUCH_ADDRESS = new Set([521, 550, 551, 553, 556])

/** Its code alone is kept: what a mail server says in words names the address. */
function refused(error: unknown): never {
  const { responseCode, code } = error as { responseCode?: number; code?: string }
  if (responseCode && NO_SUCH_ADDRESS.has(responseCode))
    throw new Undeliverable(`the mail server says that there is no such address (${responseCode})`)
  throw new Error(`the mail server did not take it (${responseCode ?? code ?? 'no code'})`)
}
