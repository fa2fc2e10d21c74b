import { maskPersonalData } from '../../words/personal-data.ts'
import { isStopWord, termsOf, wordsOf } from '../../words/terms.ts'
import { readSignals } from '../signals/index.ts'
import type { Ask, Intake } from '../types.ts'

/** Reads a message: personal data masked, a follow-up joined to the question that it follows, language, signals. */
export function intake(ask: Ask): Intake {
  const own = maskPersonalData(ask.text.normalize('NFC').replace(/\s+/g, ' ').trim()).text
  const before = ask.history.findLast((m) => m.author === 'customer')?.text
  const question = before && isFollowUp(own) ? `${maskPersonalData(before).text} ${own}` : own
  return { question, language: languageOf(own), signals: readSignals({ text: ask.text, history: ask.history }) }
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
