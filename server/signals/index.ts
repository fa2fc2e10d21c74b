import type { Signal } from '../types.ts'
import { asksForPerson } from './asks-for-person.ts'
import { comesBack } from './comes-back.ts'
import { contradicts } from './contradicts.ts'
import { greets } from './greets.ts'
import { inDanger } from './in-danger.ts'
import { rephrases } from './rephrases.ts'
import type { SignalInput, SignalSource } from './signal.ts'
import { settled } from './settled.ts'
import { thumbsDown } from './thumbs-down.ts'
import { twoReadings } from './two-readings.ts'
import { upset } from './upset.ts'

const SOURCES: SignalSource[] = [
  asksForPerson,
  inDanger,
  twoReadings,
  settled,
  greets,
  rephrases,
  comesBack,
  contradicts,
  upset,
  thumbsDown,
]

/** Every signal that a message gives. */
export function readSignals(input: SignalInput): Signal[] {
  return SOURCES.flatMap((source) => {
    const seen = source.read(input)
    return seen ? [{ signal: source.name, ...seen }] : []
  })
}
