import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Puts made text between `<!-- name -->` and `<!-- /name -->` of a document, in place of what a former run put there, so that no figure is
 * ever written by hand. Errors: the marks are missing, or one of them stands there twice.
 */
export function writeBetween(file: string, name: string, text: string): void {
  writeFileSync(file, between(readFileSync(file, 'utf8'), name, text, file))
}

export function between(document: string, name: string, text: string, file = 'the document'): string {
  const parts = document.split(new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`))
  if (parts.length !== 4) throw new Error(`${file} must have the marks <!-- ${name} --> and <!-- /${name} --> once each.`)
  return `${parts[0]}${parts[1]}\n\n${text.trim()}\n\n${parts[2]}${parts[3]}`
}
