import type { Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

/**
 * CommonMark with GitHub's tables, as a tree with offsets into the text. Indented code is off: in documents of a firm an indented
 * line is a paragraph that somebody moved to the right.
 */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, { extensions: [gfm(), { disable: { null: ['codeIndented'] } }], mdastExtensions: [gfmFromMarkdown()] })
}
