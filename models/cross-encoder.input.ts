/** The input of the relevance model: `grounding/relevance/README.md` tells why it looks as it does. Only erasable TypeScript. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import type { Pair, PairLimits } from './encoder.messages.ts'
import type { RelevanceBlock } from './types.ts'

/** `[CLS] first [SEP] [CLS] second [SEP] context [SEP]`, the last two parts left out when there is no context. */
export interface PairInput {
  ids: number[]
  /** From 0 for the first part, and again from 0 for the rest. */
  positions: number[]
  /** 1 first, 2 second, 3 context; 4 more where the word is also on the other side. */
  types: number[]
}

const CLS = 101
const SEP = 102

/** Errors: those of reading the two files. */
export async function loadPairEncoder(tokenizer: string, limits: PairLimits): Promise<(pair: Pair) => PairInput> {
  const [vocabulary, config] = await Promise.all(
    ['tokenizer.json', 'tokenizer_config.json'].map(async (name) => JSON.parse(await readFile(join(tokenizer, name), 'utf8')) as object),
  )
  const loaded = new Tokenizer(vocabulary ?? {}, config ?? {})
  const piecesOf = (text: string): Piece[] => {
    // The package's own types say "any".
    const { ids, tokens } = loaded.encode(text, { add_special_tokens: false }) as { ids: number[]; tokens: string[] }
    return ids.map((id, i) => ({ id, token: tokens[i] ?? '' }))
  }
  return ({ first, second, context }) =>
    pairInput(
      piecesOf(first).slice(0, limits.first),
      piecesOf(second).slice(0, limits.second),
      limits.context > 0 ? piecesOf(context).slice(-limits.context) : [],
    )
}

export interface Piece {
  id: number
  /** As in the vocabulary: `##` begins what continues a word. */
  token: string
}

export function pairInput(first: Piece[], second: Piece[], context: Piece[]): PairInput {
  const here = new Set(wordOfEach(first))
  const there = new Set([...wordOfEach(second), ...wordOfEach(context)])
  const one = part(1, first, there)
  const rest = [part(2, second, here), ...(context.length > 0 ? [part(3, context, here).slice(1)] : [])].flat()
  const all = [...one, ...rest]
  return { ids: all.map(({ id }) => id), positions: [...one.keys(), ...rest.keys()], types: all.map(({ type }) => type) }
}

function part(type: number, pieces: Piece[], otherSide: Set<string>): { id: number; type: number }[] {
  const words = wordOfEach(pieces)
  const shared = (word: string | undefined): boolean => word !== undefined && otherSide.has(word) && /[\p{L}\p{N}_]/u.test(word)
  return [{ id: CLS, type }, ...pieces.map(({ id }, i) => ({ id, type: shared(words[i]) ? type + 4 : type })), { id: SEP, type }]
}

/** For each piece the whole word that it belongs to. What was cut off at its beginning keeps its `##`, and so equals no word. */
function wordOfEach(pieces: Piece[]): string[] {
  const words: string[] = []
  const wordOfPiece = pieces.map(({ token }) => {
    const last = words.length - 1
    if (token.startsWith('##') && last >= 0) words[last] += token.slice(2)
    else words.push(token)
    return words.length - 1
  })
  return wordOfPiece.map((word) => words[word] ?? '')
}

/** Where a block stands, in words: title, innermost heading, the sentence before. */
export function contextOf({ title, headings, lead }: RelevanceBlock): string {
  const heading = headings.findLast((heading) => heading.toLowerCase() !== title.toLowerCase())
  const place = [title.replace(/\.+$/, ''), heading].filter(Boolean).join('. ')
  return lead ? `${place}. ${lead}` : place
}
