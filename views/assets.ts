/** Every file that a page may load, by the name that it has under `/assets/`. Nothing else is served from the disk. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const TYPES = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

/** A name may stand for several files, which are sent as one: a stylesheet a subject to read, one a page to load. */
const FILES: Record<string, readonly string[]> = {
  'tokens.css': ['./public/tokens.css'],
  'base.css': ['./public/base.css', './public/shell.css'],
  'components.css': ['./public/components.css', './public/components-lists.css', './public/components-dialogs.css'],
  'portal.css': [
    './public/portal.css',
    './public/portal-answer.css',
    './public/portal-correction.css',
    './public/portal-composer.css',
    './public/portal-quoted.css',
    './public/portal-reading.css',
  ],
  'console.css': [
    './public/console.css',
    './public/console-evidence.css',
    './public/console-work.css',
    './public/console-records.css',
    './public/console-judging.css',
    './public/console-incidents.css',
    './public/console-proof.css',
    './public/console-watch.css',
  ],
  'page.js': ['./public/page.js'],
  'portal.js': ['./public/portal.js'],
  'console.js': ['./public/console.js'],
  'unsent.js': ['./public/unsent.js'],
  'judge.js': ['./public/judge.js'],
  'mark.svg': ['./public/mark.svg'],
  // One file: htmx looks through the page right after it has run, and an extension that came later would never connect what is live in it.
  'htmx.js': ['../node_modules/htmx.org/dist/htmx.min.js', '../node_modules/htmx.org/dist/ext/hx-sse.min.js'],
  'source-sans-3.woff2': ['../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2'],
  'source-sans-3-ext.woff2': ['../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2'],
}

/** All names that are served. */
export const ASSETS = Object.keys(FILES)

export interface Asset {
  bytes: Buffer
  type: string
  /** First 12 hex digits of the SHA-256 of its bytes. */
  version: string
}

const loaded = new Map<string, Asset>()

/** The file that is served under a name; null if there is none of that name. Read once. */
export function asset(name: string): Asset | null {
  const known = loaded.get(name)
  if (known) return known
  const paths = Object.hasOwn(FILES, name) ? FILES[name] : undefined
  if (paths === undefined) return null
  const bytes = Buffer.concat(paths.map((path) => readFileSync(new URL(path, import.meta.url))))
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1) as keyof typeof TYPES]
  const found = { bytes, type, version: createHash('sha256').update(bytes).digest('hex').slice(0, 12) }
  loaded.set(name, found)
  return found
}

/** Address of a file that may be kept for ever: it changes when the file does. */
export function href(name: string): string {
  const found = asset(name)
  if (!found) throw new Error(`No asset is called ${name}: add it to views/assets.ts`)
  return `/assets/${name}?v=${found.version}`
}
