/** `npm run scope -- show | set FILE`: what Vouch may answer, as a file: topics, urgent cases, the limit for amounts, how to reach the firm. */
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { z } from 'zod'
import { readConfig } from '../server/config.ts'
import { openStore } from '../server/store/open.ts'
import { SHIPPED } from '../server/policy/confidence.ts'

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'has to be small letters, digits and dashes')
const words = z.string().trim().min(1, 'must not be empty')
const known = {
  id,
  title: words.max(80),
  description: words.max(500),
  examples: z.array(words.max(500)).min(1, 'needs at least one').max(100),
}
const unlike = (list: { id: string }[]): boolean => new Set(list.map((one) => one.id)).size === list.length

const Rules = z.strictObject({
  topics: z.array(z.strictObject({ ...known, rule: z.enum(['allowed', 'approval', 'never']) })).refine(unlike, 'two have the same id'),
  urgent: z.array(z.strictObject({ ...known, text: words.max(2000) })).refine(unlike, 'two have the same id'),
  amountAbove: z
    .strictObject({ currency: z.string().regex(/^[A-Z]{3}$/, 'has to be a code such as GBP'), value: z.number().min(0) })
    .nullable(),
  contact: z.string().max(500),
  reason: z.string().max(500).optional(),
})

const program = new Command('npm run scope --')
  .description('What Vouch may answer, as a JSON file. A change holds from the next question on, also while Vouch runs, and is in the log.')
  .showHelpAfterError()
program.command('show').description('prints it, to be kept, changed and set again').action(show)
program
  .command('set')
  .argument('<file>', 'a file such as `show` prints; kb/sample/scope.json is one')
  .description('checks the file and puts it in force')
  .action(set)

function show(): void {
  withStore((store) => console.log(JSON.stringify(store.scope.get(), null, 2)))
}

function set(file: string): void {
  const { reason, ...rules } = Rules.parse(JSON.parse(readFileSync(file, 'utf8')))
  withStore((store) => store.scope.set({ ...rules, ...(reason === undefined ? {} : { reason }) }, 'system'))
  console.log(`In force: ${rules.topics.length} topics, ${rules.urgent.length} urgent cases.`)
}

function withStore(use: (store: ReturnType<typeof openStore>) => void): void {
  const { DATA_DIR: dataDir, KEYS_DIR: keysDir } = readConfig()
  const newId = (): string => {
    throw new Error('Nothing is made here that needs an id.')
  }
  const store = openStore({ dataDir, keysDir, clock: Date.now, newId, defaults: SHIPPED.thresholds, onEvent: () => undefined })
  try {
    use(store)
  } finally {
    store.close()
  }
}

try {
  program.parse()
} catch (error) {
  const why =
    error instanceof z.ZodError
      ? error.issues.map(({ path, message }) => `\n  ${path.join('.') || 'the file'}: ${message}`).join('')
      : ` ${error instanceof Error ? error.message : String(error)}`
  console.error(`Nothing was changed:${why}`)
  process.exitCode = 1
}
