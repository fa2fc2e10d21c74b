/** What a machine may speak about, and what it may not. Types only. */

/** What a machine may say about a topic: by itself, only after a person approved it, or not at all. */
export type TopicRule = 'allowed' | 'approval' | 'never'

export interface Topic {
  id: string
  title: string
  description: string
  examples: string[]
  rule: TopicRule
}

/** A matter that can't wait: the text approved for it goes out at once, and a person takes over. */
export interface UrgentCase {
  id: string
  title: string
  description: string
  examples: string[]
  /** Approved word for word by the firm. */
  text: string
}

export interface ScopeRules {
  topics: Topic[]
  urgent: UrgentCase[]
  /** Questions that name a larger amount go to a person. */
  amountAbove: { currency: string; value: number } | null
  /** What the customer is told when nothing in the documents answers, when a topic is out of scope, and so on, is in views/texts. */
  contact: string
  /** Why it was changed last. */
  reason?: string
}
