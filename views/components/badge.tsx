/** A word with a sign and a colour. Sign and word differ for each meaning, so that the colour is never needed. */
import type { ComponentChildren, VNode } from 'preact'
import type { ConversationState, TurnState, TurnSummary } from '../../server/conversation-types.ts'
import type { Finding, Verdict } from '../../server/types.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

export type Tone = 'ok' | 'doubt' | 'bad' | 'info' | 'neutral'

export function Badge({ tone = 'neutral', icon, children }: { tone?: Tone; icon?: IconName; children: ComponentChildren }): VNode {
  return (
    <span class={`badge badge-${tone}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  )
}

type Look = [Tone, IconName, string]

const VERDICT: Record<Verdict, Look> = {
  send: ['ok', 'check-circle', 'Sent'],
  caveat: ['ok', 'info', 'Sent with caveat'],
  hold: ['doubt', 'pause', 'Held'],
  decline: ['neutral', 'bar', 'Declined'],
  escalate: ['info', 'person', 'Handed over'],
}

const FINDING: Record<Finding['result'], Look> = {
  passed: ['ok', 'check-circle', 'Supported'],
  doubtful: ['doubt', 'triangle', 'Doubtful'],
  failed: ['bad', 'cross', 'Unsupported'],
}

const FIXED: Record<NonNullable<TurnSummary['fixed']>, Look> = {
  'asked-back': ['info', 'info', 'Asked back'],
  'nothing-asked': ['neutral', 'check', 'Nothing asked'],
}

const TURN: Record<TurnState, Look> = {
  running: ['info', 'dot', 'Running'],
  done: ['neutral', 'check', 'Done'],
  failed: ['bad', 'cross', 'Failed'],
  cancelled: ['neutral', 'bar', 'Cancelled'],
}

const CONVERSATION: Record<ConversationState, Look> = {
  machine: ['neutral', 'dot', 'Answered by Vouch'],
  waiting: ['doubt', 'clock', 'Waits for a person'],
  person: ['info', 'person', 'With a person'],
  closed: ['neutral', 'bar', 'Closed'],
}

export const VerdictBadge = ({ verdict }: { verdict: Verdict }): VNode => look(VERDICT[verdict])
export const FindingBadge = ({ result }: { result: Finding['result'] }): VNode => look(FINDING[result])
/** What came of a turn: its verdict, or how far it is. */
export const TurnBadge = ({ turn: { state, verdict, fixed } }: { turn: Pick<TurnSummary, 'state' | 'verdict' | 'fixed'> }): VNode =>
  look(fixed ? FIXED[fixed] : verdict ? VERDICT[verdict] : TURN[state])
export const ConversationBadge = ({ state }: { state: ConversationState }): VNode => look(CONVERSATION[state])

function look([tone, icon, word]: Look): VNode {
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  )
}
