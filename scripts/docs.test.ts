import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
]
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

test.each(documents)('%s leads to files that are there', (file) => {
  const links = [...read(file).matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => resolve(root, dirname(file), path!))
  const named = [...read(file).matchAll(/`((?:server|models|kb|words|views|scripts|docs)\/[\w\-./]*)`/g)].map(([, path]) =>
    resolve(root, path!),
  )
  expect([...links, ...named].filter((path) => !existsSync(path))).toEqual([])
})

test.each(documents)('the commands that %s names are there', (file) => {
  const scripts = JSON.parse(read('package.json')).scripts as Record<string, string>
  const named = [...read(file).matchAll(/npm run ([\w-]+)/g)].map(([, name]) => name!)
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([])
})

test('every decision is in the list', () => {
  const list = read('docs/decisions/README.md')
  const files = readdirSync(join(root, 'docs/decisions')).filter((file) => file !== 'README.md')
  expect(files.filter((file) => !list.includes(`(${file})`))).toEqual([])
})
