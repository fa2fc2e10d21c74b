import type { Author } from '../conversation-types.ts'
import type { Signal } from '../types.ts'
import { asksForPerson } from './asks-for-person.ts'
import { inDanger } from './in-danger.ts'

export interface SignalInput {
  text: string
  history: { author: Author; text: string }[]
}

/** Looks at one message; null when there is nothing to see. Pure. */
export interface SignalSource {
  name: string
  read: (input: SignalInput) => { strength: number; why: string } | null
}

const SOURCES: SignalSource[] = [asksForPerson, inDanger]

/** Every signal that a message gives. */
export function readSignals(input: SignalInput): Signal[] {
  return SOURCES.flatMap((source) => {
    const seen = source.read(input)
    return seen ? [{ signal: source.name, ...seen }] : []
  })
}
