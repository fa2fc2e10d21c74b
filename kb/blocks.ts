import { sentencesOf } from '../words/sentences.ts'
import type { Plain } from './inline.ts'
import { sourceSpan, unitsOf, type Unit } from './structure.ts'
import type { Block, Revision, Span } from './types.ts'

/** A sentence of more words is cut: no model reads further, and nobody would quote it. */
const LONG_SENTENCE_WORDS = 110

/** The units of evidence of a revision, in the order of its text. Offsets cut their words out of `revision.text`. */
export function blocksOf(revision: Pick<Revision, 'id' | 'article' | 'title' | 'text'>): Block[] {
  return unitsOf(revision.text).flatMap((unit): Block[] => {
    const common = {
      revision: revision.id,
      article: revision.article,
      title: revision.title,
      headings: unit.headings,
      leadIn: unit.leadIn,
      around: unit.around,
    }
    switch (unit.kind) {
      case 'prose':
        return pieces(unit.plain).map((piece) => ({ ...common, kind: 'sentence', ...piece, header: null, cells: null }))
      case 'item':
        return [{ ...common, kind: 'item', ...unit.span, text: tidy(unit.plain.text), header: null, cells: null }]
      case 'row':
        return [{ ...common, kind: 'row', ...unit.span, text: rowText(unit), header: unit.header, cells: unit.cells }]
    }
  })
}

/** What is embedded for a block: the title, what introduces it, and its own words. */
export function blockVectorText(block: Block, text: string): string {
  const leadIn = block.leadIn === null ? '' : tidy(text.slice(block.leadIn.start, block.leadIn.end))
  const heading = block.headings.at(-1) ?? ''
  const parts = [block.title, heading === block.title ? '' : heading, block.kind === 'sentence' ? '' : leadIn, block.text]
  return parts.filter((part) => part !== '').join('\n')
}

function pieces(plain: Plain): (Span & { text: string })[] {
  return sentencesOf(plain.text)
    .flatMap((sentence) => shortened(plain.text, sentence))
    .map((s) => ({ ...sourceSpan(plain, s), text: tidy(plain.text.slice(s.start, s.end)) }))
}

function shortened(text: string, sentence: Span): Span[] {
  const words = Array.from(text.slice(sentence.start, sentence.end).matchAll(/\S+/g), (word) => ({
    start: sentence.start + word.index,
    end: sentence.start + word.index + word[0].length,
  }))
  const found: Span[] = []
  for (let at = 0; at < words.length; at += LONG_SENTENCE_WORDS) {
    const last = Math.min(at + LONG_SENTENCE_WORDS, words.length) - 1
    found.push({ start: words[at]?.start ?? sentence.start, end: words[last]?.end ?? sentence.end })
  }
  return found
}

function rowText(row: Extract<Unit, { kind: 'row' }>): string {
  return row.cells
    .map((cell, i) => [row.header?.[i] ?? '', cell])
    .filter(([, cell]) => cell !== '')
    .map(([header, cell]) => (header === '' ? cell : `${header}: ${cell}`))
    .join('; ')
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim()
