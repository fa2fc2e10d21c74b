/** Holds the house's import rules (import-rules.ts). `npm run check` runs it over the repository. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseSync } from 'oxc-parser'
import { AMBIENT, LIBRARIES, OUTSIDE, ROOMS, type Room } from './import-rules.ts'

export interface Violation {
  file: string
  line: number
  why: string
}

interface Import {
  from: string
  typeOnly: boolean
  offset: number
}

/** What runs in tests alone: the tests, and what stands up a part of the house for them. */
const OF_TESTS = /(\.(test|fixture)\.tsx?|(^|\/)temporary-[^/]+\.ts)$/

/** Every violation below `root`, by file. Tests may import what they like, and are the only ones who may import fakes. */
export function checkImports(root: string): Violation[] {
  return sourceFiles(root)
    .filter((file) => !OF_TESTS.test(file))
    .flatMap((file) => {
      const source = readFileSync(join(root, file), 'utf8')
      return checkFile(file, source).map(({ offset, why }) => ({ file, line: source.slice(0, offset).split('\n').length, why }))
    })
}

function checkFile(file: string, source: string): { offset: number; why: string }[] {
  const parsed = parseSync(file, source)
  if (parsed.errors.length > 0) return [{ offset: 0, why: `cannot be parsed: ${parsed.errors[0]?.message}` }]
  const room = ROOMS.find(({ path }) => file.startsWith(path))
  if (!room) return file.includes('/') ? [{ offset: 0, why: 'belongs to no room: add its folder to scripts/import-rules.ts' }] : []
  const found = importsOf(parsed.module, source).flatMap((one) => {
    const why = one.from.startsWith('.') ? wrongRoom(file, room, one) : wrongLibrary(file, room, one)
    return why === null ? [] : [{ offset: one.offset, why }]
  })
  return room.pure || room.injected ? [...found, ...ambient(source, parsed.comments)] : found
}

function importsOf(module: ReturnType<typeof parseSync>['module'], source: string): Import[] {
  const fixed = module.staticImports.map(({ moduleRequest, entries }) => ({
    from: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    offset: moduleRequest.start,
  }))
  const passedOn = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ from: moduleRequest.value, typeOnly: isType, offset: moduleRequest.start }] : [],
    ),
  )
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^(['"])(.*)\1$/.exec(source.slice(start, end))?.[2]
    return literal === undefined ? [] : [{ from: literal, typeOnly: false, offset: start }]
  })
  return [...fixed, ...passedOn, ...dynamic]
}

function wrongRoom(file: string, room: Room, { from, typeOnly }: Import): string | null {
  const target = posix.normalize(posix.join(posix.dirname(file), from))
  if (target.endsWith('/fakes.ts') || OF_TESTS.test(target)) return `${target} is for tests alone`
  const within = (places: readonly string[]): boolean => places.some((place) => target.startsWith(place))
  if (within([room.path, ...room.values])) return null
  if (within(room.types)) return typeOnly ? null : `${room.path} may import types alone from ${target}: write \`import type\``
  return `${room.path} may not import ${target}`
}

function wrongLibrary(file: string, room: Room, { from, typeOnly }: Import): string | null {
  if (typeOnly) return null
  if (room.pure && OUTSIDE.includes(from)) return `${room.path} is pure and may not import ${from}`
  const owners = LIBRARIES[from] ?? LIBRARIES[from.split('/')[0] ?? '']
  if (owners === undefined || room.path === 'scripts/' || owners.some((owner) => file.startsWith(owner))) return null
  return `only ${owners.join(' and ')} may import ${from}`
}

function ambient(source: string, comments: { start: number; end: number }[]): { offset: number; why: string }[] {
  return AMBIENT.flatMap((name) =>
    [...source.matchAll(new RegExp(String.raw`(?<![\w.])${name.replaceAll(/[.()]/g, String.raw`\$&`)}`, 'g'))]
      .filter(({ index }) => !comments.some(({ start, end }) => index >= start && index < end))
      .map(({ index }) => ({ offset: index, why: `${name} is ambient: have it handed in` })),
  )
}

function sourceFiles(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name)
      if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : sourceFiles(root, path)
      return /\.tsx?$/.test(entry.name) ? [path] : []
    })
    .toSorted()
}

const NOT_OURS = new Set(['node_modules', '.git', 'weights', 'data', 'keys', 'coverage', 'public'])

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const violations = checkImports(resolve(import.meta.dirname, '..'))
  for (const { file, line, why } of violations) console.error(`${file}:${line}: ${why}`)
  console.error(violations.length === 0 ? 'Import rules: held.' : `Import rules: ${violations.length} broken.`)
  process.exitCode = violations.length === 0 ? 0 : 1
}
