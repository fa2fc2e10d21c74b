import type { ScoredAnswer } from './label-types.ts'

/** What an answer scored, as chance chose a past question; in a conversation of its own unless said otherwise. */
export const scoredAnswer = (given: Pick<ScoredAnswer, 'turn' | 'at'> & Partial<ScoredAnswer>): ScoredAnswer => ({
  conversation: given.turn,
  segment: { topic: 'payments', channel: 'portal', tier: 'standard' },
  form: 'quoted',
  source: 'import',
  confidence: 0.8,
  signals: {},
  eligible: true,
  sent: false,
  rival: null,
  rivalFrom: null,
  probability: 1,
  drawn: true,
  fingerprint: { knowledge: 'k', models: 'm', prompt: 'p', checker: 'c', calibration: 'f' },
  ...given,
})
