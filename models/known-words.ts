import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EMBEDDER } from './manifest.ts'

/** The English words that the embedder knows as a whole, in small letters (WordPiece: rarer words are cut up). Empty where its files are missing. */
export function knownWords(modelsDir: string): Set<string> {
  try {
    const { model } = JSON.parse(readFileSync(join(modelsDir, EMBEDDER, 'tokenizer.json'), 'utf8')) as {
      model: { vocab: Record<string, number> }
    }
    return new Set(Object.keys(model.vocab).filter((piece) => /^[a-z]+$/.test(piece)))
  } catch {
    return new Set()
  }
}
