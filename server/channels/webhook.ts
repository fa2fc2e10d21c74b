import { createHmac } from 'node:crypto'
import type { Message } from '../conversation-types.ts'
import type { Delivery } from './channel.ts'

interface Needs {
  url: string
  /** Shared with whoever receives it. */
  secret: string
  clock: () => number
  /** The firm's own pseudonym of the customer; null: a visitor of the portal. */
  subjectOf: (conversation: string) => string | null
}

const PATIENCE_MS = 10_000

/**
 * POSTs a correction to the firm's own system. `Vouch-Signature: t=SECONDS,v1=HEX`, HEX = HMAC-SHA-256 of `SECONDS.BODY` under the secret
 * (as in Stripe's webhooks, https://docs.stripe.com/webhooks#verify-manually); `Idempotency-Key` is the same at every attempt.
 */
export const webhook = ({ url, secret, clock, subjectOf }: Needs): Delivery => ({
  channel: 'webhook',
  async deliver({ id, conversation, text, corrects = [], at }: Message, key) {
    const body = JSON.stringify({
      type: 'correction',
      conversation,
      customer: subjectOf(conversation),
      message: { id, text, corrects, at: new Date(at).toISOString() },
    })
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key, 'Vouch-Signature': signatureOf(body, secret, clock()) },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await answer.body?.cancel()
    if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`)
  },
})

export function signatureOf(body: string, secret: string, now: number): string {
  const seconds = Math.floor(now / 1000)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}
