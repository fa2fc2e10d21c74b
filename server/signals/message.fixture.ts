import type { SignalInput } from './signal.ts'

/** For tests: a message with nothing before it. */
export const message = (text: string, more: Partial<SignalInput> = {}): SignalInput => ({
  text,
  history: [],
  vector: null,
  earlier: [],
  lately: [],
  ...more,
})
