import { docx } from './docx.ts'
import type { Format } from './format.ts'
import { html } from './html.ts'
import { jsonl } from './jsonl.ts'
import { markdown } from './markdown.ts'
import { pdf } from './pdf.ts'
import { text } from './text.ts'

/** Every format that can be taken in. A new one: a file beside this one, its test, and a line here. */
export const FORMATS: Format[] = [markdown, html, text, pdf, docx, jsonl]

export const formatFor = (extension: string): Format | undefined => FORMATS.find((format) => format.extensions.includes(extension))
