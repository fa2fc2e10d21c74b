import type { SignalSource } from './signal.ts'

/** The last answer before this message was marked as not helpful. */
export const thumbsDown: SignalSource = {
  name: 'thumbs-down',
  read: ({ history }) => {
    const last = history.findLast((m) => m.author !== 'customer')
    return last?.feedback === 'down' ? { strength: 1, why: 'The customer marked the last answer as not helpful.' } : null
  },
}
