/** What an empty house needs before anybody can come in: an administrator, the key of the settings, and something to read. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Context } from './context.ts'
import { ensureFirstKey } from './people/api-keys.ts'
import { ensureFirstAdmin } from './people/first-admin.ts'
import type { ScopeRules } from './scope-types.ts'

const SAMPLE = join(import.meta.dirname, '..', 'kb', 'sample')

/** `password`: of `admin`, if one was made up just now; it is not to be had again. */
export async function prepareFirstRun(context: Context, say: (line: string) => void): Promise<{ password: string | null }> {
  const { config, store } = context
  const admin = await ensureFirstAdmin(store, config.ADMIN_PASSWORD)
  ensureFirstKey(store, config.API_KEY, config.API_KEY_TIER)
  if (config.SAMPLE_KB === 'yes' && store.knowledge.articles().length === 0) await takeInSample(context, say)
  return { password: admin?.password ?? null }
}

async function takeInSample({ knowledge, store }: Context, say: (line: string) => void): Promise<void> {
  say('Taking in the sample bank’s articles …')
  const scope = join(SAMPLE, 'scope.json')
  if (existsSync(scope)) store.scope.set(JSON.parse(readFileSync(scope, 'utf8')) as ScopeRules, 'system')
  const report = await knowledge.ingest([join(SAMPLE, 'documents')], {
    actor: 'system',
    retireMissing: false,
    onProgress: (done, total, file) => {
      if (done > 0 && done % 10 === 0) say(`  ${done} of ${total}: ${basename(file)}`)
    },
  })
  for (const { file, reason } of report.failed) say(`  ${file}: ${reason}`)
}
