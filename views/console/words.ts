import type { ReviewOutcome } from '../../server/conversation-types.ts'
import type { Mistake } from '../../server/store/label-types.ts'
import type { Channel, Finding, Form, Role, Verdict } from '../../server/types.ts'

/** What happened to a question, as a support lead would say it. */
export const VERDICT_WORDS: Record<Verdict, { name: string; means: string }> = {
  send: { name: 'Sent', means: 'Answered by itself' },
  caveat: { name: 'Sent with caveat', means: 'Answered by itself, with a note that it may not be complete' },
  hold: { name: 'Held', means: 'A person decides before the customer sees an answer' },
  decline: { name: 'Declined', means: 'Vouch said that it cannot help with this, and who can' },
  escalate: { name: 'Handed over', means: 'A person was asked to take over the conversation' },
}

export const FORM_WORDS: Record<Form, { name: string; means: string }> = {
  written: { name: 'Written answer', means: 'What the model wrote from the articles' },
  quoted: { name: 'Quotation', means: 'The exact words of the articles' },
}

export const CHANNEL_WORDS: Record<Channel, string> = { portal: 'Portal', api: 'API' }

export const ROLE_WORDS: Record<Role, { name: string; means: string }> = {
  reviewer: { name: 'Reviewer', means: 'decides held answers and writes to customers' },
  editor: { name: 'Editor', means: 'looks after the articles' },
  auditor: { name: 'Auditor', means: 'reads the record' },
  admin: { name: 'Admin', means: 'sets thresholds and looks after staff' },
}

export const OUTCOME_WORDS: Record<ReviewOutcome, string> = {
  approved: 'Approved',
  edited: 'Edited and sent',
  rejected: 'Rejected',
  'taken-over': 'Taken over',
}

/** Finding of a claim in words, and the shape that stands before it, so that colour is never alone. */
export const RESULT_WORDS: Record<Finding['result'] | 'unchecked', { name: string; shape: string }> = {
  passed: { name: 'supported', shape: '✓' },
  doubtful: { name: 'not certain', shape: '?' },
  failed: { name: 'not supported', shape: '✕' },
  unchecked: { name: 'not checked', shape: '–' },
}

export const MISTAKES: readonly { id: Mistake; name: string }[] = [
  { id: 'factual', name: 'A fact is wrong' },
  { id: 'misread', name: 'The question was misread' },
  { id: 'outdated', name: 'It is out of date' },
  { id: 'out of scope', name: 'We should not answer this here' },
  { id: 'tone', name: 'The tone is wrong' },
]

/** 0.83 → `about 83 of 100 such answers are right`. */
export const confidenceWords = (confidence: number): string => `about ${ofHundred(confidence)} of 100 such answers are right`

/** Never rounded up to 100: nothing is certain. */
export const ofHundred = (confidence: number): number => Math.min(99, Math.max(0, Math.floor(confidence * 100 + 1e-9)))

export const thresholdWords = (value: number, form: Form): string =>
  value > 1 ? (form === 'written' ? 'quotations only' : 'never by itself') : `${Math.round(value * 1000) / 10} of 100`

/** Machine names of signals, checks and rules (`bm25Margin`, `word-coverage`) as words. */
export const nameWords = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_.]/g, ' ')
    .toLowerCase()
    .replace(/^./, (c) => c.toUpperCase())

/** 12345 → `12,345`. */
export const count = (n: number): string => n.toLocaleString('en-GB')

/** Stage times: 812 → `0.8 s`, 12 → `12 ms`. */
export const msWords = (ms: number): string => (ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`)
