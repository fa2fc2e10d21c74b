import type { LiveRow } from '../store/care-types.ts'

const TEN_MINUTES = 600_000

/**
 * How soon a person should look at a conversation: care counts most, then that somebody waits for a person, that an answer is held, and the
 * waiting itself, up to ten minutes. Without a unit; only the order counts.
 */
export function urgencyOf({ conversation, review, waitingSince }: LiveRow, care: number, now: number): number {
  const waits = waitingSince === null ? 0 : Math.min(1, Math.max(0, now - waitingSince) / TEN_MINUTES)
  return 2 * care + (conversation.state === 'waiting' ? 1 : 0) + (review ? 0.5 : 0) + 0.5 * waits
}
