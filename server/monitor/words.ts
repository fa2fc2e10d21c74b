import type { AlarmSubject } from '../store/alarm-types.ts'

/** What is watched, as a support lead would say it. */
const METRIC_WORDS: Record<string, string> = {
  sent: 'Answers sent by themselves',
  held: 'Answers held for a person',
  declined: 'Questions declined',
  'handed-over': 'Conversations handed over',
  'asks-for-person': 'Customers who ask for a person',
  'asks-again': 'Customers who ask the same again, come back or were told otherwise',
  upset: 'Customers who sound upset',
  length: 'Length of answers',
  confidence: 'Confidence of answers',
  share: 'Share of all questions',
  trouble: 'Trouble after answers from an article',
}

/** "Answers sent by themselves in Cards: less than usual" */
export function subjectWords(
  alarm: AlarmSubject & { before: number; after: number },
  nameOf: (kind: 'topic' | 'article', id: string) => string,
): string {
  const { metric, topic, channel, tier, article } = alarm
  const parts = [
    topic === null ? '' : `about “${nameOf('topic', topic)}”`,
    article === null ? '' : `“${nameOf('article', article)}”`,
    channel === null ? '' : `by ${channel === 'api' ? 'the API' : channel === 'portal' ? 'the portal' : channel}`,
    tier === null ? '' : `of ${tier} customers`,
  ].filter(Boolean)
  const where = parts.length > 0 ? `, ${parts.join(', ')}` : ''
  return `${METRIC_WORDS[metric] ?? metric}${where}: ${alarm.after > alarm.before ? 'more' : 'less'} than usual`
}

/** "70 of 100", "231 characters" */
export function figureWords(metric: string, value: number): string {
  if (metric === 'length') return `${Math.round(value)} characters`
  const hundred = value * 100
  return `${hundred < 10 ? hundred.toFixed(1) : Math.round(hundred)} of 100`
}
