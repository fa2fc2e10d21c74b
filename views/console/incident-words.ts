import { MISTAKES } from './words.ts'
import type { IncidentState, Origin, Quarantine, Severity } from '../../server/store/incident-types.ts'

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

const keysOf = <K extends string>(words: Record<K, unknown>): K[] => Object.keys(words) as K[]

export const STATES = keysOf(STATE_WORDS)
export const SEVERITIES = keysOf(SEVERITY_WORDS)
export const ORIGINS = keysOf(FROM_WORDS)
export const STOPS = keysOf(STOP_WORDS)
export const MISTAKE_KINDS = MISTAKES.map((m) => m.id)

export const incidentHref = (id: string): string => `/console/incidents/${id}`
