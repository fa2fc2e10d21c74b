import type { ConversationStore } from '../store/types.ts'
import type { SignalStore } from '../store/care-types.ts'
import type { Conversation, TurnSummary } from '../conversation-types.ts'
import { CHANNELS, type Ask } from '../types.ts'

interface Stored {
  conversations: Pick<ConversationStore, 'messages' | 'ofCustomer'>
  signals: SignalStore
}

/** Messages of the conversation before the question that the pipeline may see. */
const HISTORY = 60
const DAY = 24 * 3_600_000
/** Other conversations of the last day that are looked at. */
const LATELY = 5

/** A question with all that came before it: in its conversation, and in the customer's others of the last day. */
export function askOf(turn: TurnSummary, text: string, conversation: Conversation, store: Stored): Ask {
  const { id, customer, tier, channel } = conversation
  const history = store.conversations.messages(id).filter((m) => m.turn !== turn.id && m.at <= turn.at)
  return {
    turn: turn.id,
    conversation: id,
    customer: { id: customer, tier },
    channel,
    text,
    history: history.slice(-HISTORY),
    lately: CHANNELS.flatMap((one) => store.conversations.ofCustomer(customer, one, LATELY + 1))
      .filter((other) => other.id !== id && other.lastAt > turn.at - DAY)
      .toSorted((a, b) => a.lastAt - b.lastAt)
      .slice(-LATELY)
      .flatMap((other) => store.conversations.messages(other.id))
      .filter((m) => m.author === 'customer' && m.at > turn.at - DAY && m.at <= turn.at)
      .map((m) => m.text),
    noticed: store.signals.noticed(id),
  }
}
