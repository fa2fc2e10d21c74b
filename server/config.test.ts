import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { ConfigError, SETTINGS, readConfig } from './config.ts'

const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
const shown = parseEnv(example.replaceAll(/^#(?=[A-Z_]+=)/gm, ''))

test('.env.example names every setting, and no other', () => {
  expect(Object.keys(shown).toSorted()).toEqual([...SETTINGS].toSorted())
})

test('what .env.example shows as a default is the default', () => {
  const { CACHE_DIR: _, MODEL_THREADS: __, MODELS_SOURCE: ___, PUBLIC_URL: ____, ...same } = shown
  expect(readConfig(same)).toEqual(readConfig({}))
})

test('what .env.example shows is valid', () => {
  expect(() => readConfig(shown)).not.toThrow()
})

test('every problem is named at once', () => {
  const wrong = { PORT: 'eighty', ADMIN_PASSWORD: 'short', SAMPLE_KB: 'maybe', API_KEY_FILE: '/nowhere/key' }
  const told = (() => {
    try {
      return readConfig(wrong)
    } catch (error) {
      return error
    }
  })()
  expect(told).toBeInstanceOf(ConfigError)
  for (const name of Object.keys(wrong)) expect((told as Error).message).toContain(name)
})

test('a secret can be read from a file, which wins', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'vouch-config-')), 'key')
  writeFileSync(file, 'from-the-file-123456\n')
  expect(readConfig({ API_KEY: 'from-the-environment', API_KEY_FILE: file }).API_KEY).toBe('from-the-file-123456')
})
