import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], exclude: string[], testTimeout: number, parallel: boolean) => ({
  test: { name, include, exclude: ['**/node_modules/**', ...exclude], testTimeout, hookTimeout: testTimeout, fileParallelism: parallel },
})

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      project('unit', ['**/*.test.ts', '**/*.test.tsx'], ['**/*.http.test.ts', '**/*.model.test.ts', '**/*.browser.test.ts'], 20_000, true),
      project('http', ['**/*.http.test.ts'], [], 60_000, true),
      project('model', ['**/*.model.test.ts'], [], 300_000, false),
      project('browser', ['**/*.browser.test.ts'], [], 120_000, false),
    ],
  },
})
