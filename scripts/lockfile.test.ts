import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Entry {
  version?: string
  resolved?: string
  optionalDependencies?: Record<string, string>
}

const lockfile = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as { packages: Record<string, Entry> }
const packages = Object.entries(lockfile.packages).filter(([path]) => path !== '')

describe('the lockfile', () => {
  // npm leaves out what the registry lacks when the lockfile is written, and then `npm ci` refuses it everywhere.
  it('has an entry for each optional package, also for those of other platforms', () => {
    const names = new Set(packages.map(([path]) => path.split('node_modules/').at(-1)))
    const missing = Object.values(lockfile.packages).flatMap((entry) =>
      Object.keys(entry.optionalDependencies ?? {}).filter((name) => !names.has(name)),
    )
    expect(missing).toEqual([])
  })

  it('names no registry: the one that npm is set to is used', () => {
    expect(packages.filter(([, entry]) => entry.resolved).map(([path]) => path)).toEqual([])
  })
})
