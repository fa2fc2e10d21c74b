import { expect, test } from 'vitest'
import { apiRoutes } from './api.ts'
import { openapi } from './api-openapi.ts'

interface Described {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
  components: { schemas: Record<string, { properties?: Record<string, unknown>; required?: string[] }> }
}
const described = openapi() as unknown as Described

test('every route that takes a key is described, and nothing else', () => {
  const routes = apiRoutes(() => Promise.reject(new Error('not asked')))
    .filter(({ access }) => access === 'key')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  const operations = Object.entries(described.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
  expect(operations.toSorted()).toEqual(routes.toSorted())
})

test('whatever is referred to is there', () => {
  const named = [...JSON.stringify(described).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!)
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((name) => described.components.schemas[name] === undefined)).toEqual([])
  expect(JSON.stringify(described)).not.toContain('#/$defs')
})

test('an answer is described as it is promised to programs', () => {
  const answer = described.components.schemas['Answer']!
  expect(Object.keys(answer.properties ?? {})).toEqual(expect.arrayContaining(['id', 'verdict', 'text', 'confidence', 'citations']))
  expect(Object.keys(described.components.schemas['Citation']!.properties ?? {}).toSorted()).toEqual([
    'article',
    'end',
    'quote',
    'revision',
    'start',
    'title',
  ])
})
