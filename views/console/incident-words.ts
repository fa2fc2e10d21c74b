import { withoutMarks } from '../../words/without-marks.ts'
import { MISTAKES } from './words.ts'
import type { Cause, ChangeKind, IncidentState, Origin, Quarantine, RegressionCase, Severity } from '../../server/store/incident-types.ts'

export const STATE_WORDS: Record<IncidentState, string> = {
  open: 'Open',
  contained: 'Stopped',
  correcting: 'Being put right',
  corrected: 'Put right',
  closed: 'Closed',
}

export const SEVERITY_WORDS: Record<Severity, { name: string; means: string }> = {
  low: { name: 'Low', means: 'nobody is worse off' },
  medium: { name: 'Medium', means: 'somebody may act on it' },
  high: { name: 'High', means: 'it costs somebody money, time or a right: who does not open the correction is called' },
}

export const FROM_WORDS: Record<Origin['from'], string> = {
  report: 'a report',
  review: 'a review',
  alarm: 'an alarm',
  article: 'an article',
  answer: 'an answer',
}

export const STOP_WORDS: Record<Quarantine['kind'], { name: string; means: string }> = {
  words: { name: 'The wrong words', means: 'in whichever version of whichever article they stand' },
  claim: { name: 'The statement', means: 'in whatever words, and wherever it comes from' },
  article: { name: 'The whole article', means: 'nothing of it is answered from' },
  topic: { name: 'The topic', means: 'every answer about it waits for a person' },
}

export const CAUSE_WORDS: Record<Cause, string> = {
  'article-missing': 'An article is missing',
  'article-wrong': 'An article is wrong',
  'article-outdated': 'An article is out of date',
  'article-contradicts': 'Two articles contradict each other',
  search: 'The search found the wrong words',
  generation: 'The draft said something else than its sources',
  check: 'A check let it pass',
  threshold: 'It was sent with too little confidence',
  scope: 'A machine should not have answered this',
  tone: 'The tone was wrong',
}

export const CHANGE_WORDS: Record<ChangeKind, string> = {
  article: 'An article was changed, added or retired',
  threshold: 'A threshold was changed or proposed',
  scope: 'A rule about what is answered was changed',
  phrase: 'The statement stays quarantined for good',
  label: 'The answer was judged, so that the confidence learns from it',
}

export const RESULT_WORDS: Record<NonNullable<RegressionCase['last']>['result'], string> = {
  right: 'Answered right',
  held: 'Held: nothing wrong is sent',
  wrong: 'Wrong again',
  failed: 'Could not be asked',
}

const keysOf = <K extends string>(words: Record<K, unknown>): K[] => Object.keys(words) as K[]

export const STATES = keysOf(STATE_WORDS)
export const SEVERITIES = keysOf(SEVERITY_WORDS)
export const ORIGINS = keysOf(FROM_WORDS)
export const CAUSES = keysOf(CAUSE_WORDS)
export const CHANGES = keysOf(CHANGE_WORDS)
export const STOPS = keysOf(STOP_WORDS)
export const MISTAKE_KINDS = MISTAKES.map((m) => m.id)

/** What a step says, with the words of an article in it as people read them. */
export function stepWords(note: string): string {
  const at = note.indexOf(': ') + 2
  return at < 2 ? note : note.slice(0, at) + withoutMarks(note.slice(at))
}

export const incidentHref = (id: string): string => `/console/incidents/${id}`

/** 95 min → `1 h 35 min`. */
export function spanWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.round(hours / 24)} days`
}
