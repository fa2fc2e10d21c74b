import type { SignalSource } from './signal.ts'

const PERSON = String.raw`(?:(?:a|an|the|your|one of your|some|any|real|live|actual|human)\s+)*(?:person|people|human(?: being)?s?|someone|somebody|anyone|anybody|agents?|advis[eo]rs?|representatives?|operators?|members? of staff|staff|colleagues?|managers?|supervisors?|practice manager)\b`
const ASKS = [
  new RegExp(String.raw`\b(?:speak|talk|chat|write|complain)\s+(?:directly\s+)?(?:to|with)\s+${PERSON}`, 'i'),
  new RegExp(
    String.raw`\b(?:put|pass|get|connect|transfer|hand)\s+(?:me|us|this)\s+(?:\w+\s+)?(?:through|over|on)?\s*(?:to|with)?\s*${PERSON}`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:can|could|will|would|please|have|ask)\b.{0,36}\b(?:call|ring|phone|contact)\s+(?:me|us)\b(?!\s+(?:if|when)\b)`,
    'i',
  ),
  new RegExp(String.raw`\b(?:is|are)\s+there\s+${PERSON}.{0,20}\b(?:there|talk|speak|help|explain)\b`, 'i'),
  new RegExp(
    String.raw`\b(?:i|we)\s+(?:want|need|would like|'d like|d like|wish|prefer|'d rather have)\s+(?:to\s+(?:deal|be dealt)\s+with\s+)?(?:a|an|some)?\s*(?:real |live |actual |human )*(?:person|human(?: being)?|agent|advis[eo]r|operator|member of staff)\b`,
    'i',
  ),
  new RegExp(String.raw`^\W*(?:a\s+)?(?:real\s+)?(?:human|person|agent|operator|advis[eo]r)(?:\s+(?:please|now|pls))?\W*$`, 'i'),
  new RegExp(String.raw`\b(?:real|actual|live)\s+(?:person|human)\b`, 'i'),
  new RegExp(String.raw`\bnot\s+(?:a|this)\s+(?:bot|robot|machine|computer)\b`, 'i'),
]

/** The customer asks for a person: that is obeyed, whatever else the message says. */
export const asksForPerson: SignalSource = {
  name: 'asks-for-person',
  read: ({ text }) =>
    ASKS.some((pattern) => pattern.test(text.replaceAll('’', "'"))) ? { strength: 1, why: 'The customer asks for a person.' } : null,
}
