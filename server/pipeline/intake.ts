import { maskPersonalData } from '../../words/personal-data.ts'
import { isStopWord, termsOf, wordsOf } from '../../words/terms.ts'
import { dot } from '../checks/claims.ts'
import { careOf } from '../policy/care.ts'
import { readSignals } from '../signals/index.ts'
import type { Likeness } from '../signals/signal.ts'
import type { Ask, Intake } from '../types.ts'
import { asked } from './asked.ts'
import type { Ports } from './ports.ts'

/** Earlier messages that a new one is compared with. */
const EARLIER = 20
const LATELY = 10
/** Messages before the question in which what it goes on from is looked for. */
const RECENT = 8

/** Reads a message: personal data masked, slips of the pen put right, what a long one asks, a follow-up joined to the question that it follows, language, signals, and the care that they call for. */
export async function intake(ask: Ask, ports: Pick<Ports, 'clock' | 'embedder' | 'texts' | 'spelled'>): Promise<Intake> {
  const text = chosen(ask, ports) ?? ask.text
  const typed = maskPersonalData(text.normalize('NFC').replace(/\s+/g, ' ').trim()).text
  const own = languageOf(typed) === 'en' ? (ports.spelled?.(typed) ?? typed) : typed
  const before = ask.history.slice(-RECENT).findLast((m) => m.author === 'customer')?.text
  const question = before && isFollowUp(own) ? `${maskPersonalData(before).text} ${own}` : asked(own)
  const signals = readSignals({ text, history: ask.history, ...(await likenesses(own, ask, ports)) })
  const now = ports.clock()
  const care = careOf([...(ask.noticed ?? []), ...signals.map((s) => ({ signal: s.signal, strength: s.strength, at: now }))], now)
  const whole = own.length > question.length ? { whole: own } : {}
  return { question, ...whole, language: languageOf(own), signals, care }
}

/** There is nothing to search for in it: it asks to be asked back, or says that all is well. */
export const saysNothing = ({ signals }: Intake): boolean => signals.some((s) => ['two-readings', 'settled', 'greets'].includes(s.signal))

/** "2", "the second one": the choice that Vouch's last message offered, in full. */
function chosen({ text, history }: Ask, { texts }: Pick<Ports, 'texts'>): string | null {
  const last = history.at(-1)
  const offered = last?.author === 'vouch' ? Object.values(texts.askBack).find((one) => one.text === last.text) : undefined
  const bare = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\d ]/gu, '')
    .trim()
  if (!offered) return null
  if (/^(?:1|one|(?:the )?(?:first|former)(?: one)?|option (?:1|one))$/.test(bare)) return offered.choices[0]
  return /^(?:2|two|(?:the )?(?:second|latter|last)(?: one)?|option (?:2|two))$/.test(bare) ? offered.choices[1] : null
}

async function likenesses(own: string, ask: Ask, { embedder }: Pick<Ports, 'embedder'>) {
  const said = ask.history.filter((m) => m.author === 'customer').slice(-EARLIER)
  const before = said.map((m) => maskPersonalData(m.text).text)
  const lately = (ask.lately ?? []).slice(-LATELY).map((text) => maskPersonalData(text).text)
  const [values, ...others] = await embedder.embed([own, ...before, ...lately])
  if (!values) throw new Error('The embedder gave no vector for the message.')
  const all = [...before, ...lately].map((text, i): Likeness => ({ text, cosine: dot(values, others[i] as Float32Array) }))
  return { vector: { of: embedder.identity.id, values }, earlier: all.slice(0, before.length), lately: all.slice(before.length) }
}

/** "And for Premier?": begins as a continuation, or has hardly a word that could be searched for. */
function isFollowUp(text: string): boolean {
  return /^(?:and|but|or|what about|how about|what if|so|then|also|even if|is it|does it|do they|can it|is that|does that|why|why not|how come)\b/i.test(
    text,
  )
    ? termsOf(text).length <= 5
    : termsOf(text).length <= 1
}

/** `en`, or the language whose small words outnumber the English ones. Short or unclear: `en`. */
function languageOf(text: string): string {
  const words = wordsOf(text).map((w) => w.raw)
  const english = words.filter((w) => isStopWord(w)).length
  const best = Object.entries(SMALL_WORDS)
    .map(([language, small]) => ({ language, count: words.filter((w) => small.has(w)).length }))
    .sort((a, b) => b.count - a.count)[0]
  return best && best.count >= 2 && best.count > english ? best.language : 'en'
}

const SMALL_WORDS: Record<string, Set<string>> = {
  de: new Set('der die das und ist nicht ich wie viel kostet mein meine eine einen ein für mit auf kann wann wo bitte es zu'.split(' ')),
  fr: new Set('le la les et est ne pas je comment combien mon ma mes une un pour avec sur puis quand où de du des quel quelle'.split(' ')),
  es: new Set('el la los las y es no yo cómo cuánto mi mis una un para con puedo cuándo dónde de del qué cuesta'.split(' ')),
  it: new Set('il lo la gli le e è non io come quanto mio mia una un per con posso quando dove di del che costa'.split(' ')),
  pl: new Set('i jest nie jak ile mój moja na z czy mogę kiedy gdzie to do się proszę kosztuje'.split(' ')),
  nl: new Set('de het en is niet ik hoe veel kost mijn een voor met op kan wanneer waar alstublieft'.split(' ')),
}
