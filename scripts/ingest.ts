/** `npm run ingest -- PATH…`: takes articles into the knowledge base. Ends with 1 when a file could not be taken in; the others are in. */
import { relative } from 'node:path'
import { Command } from 'commander'
import type { IngestReport } from '../kb/types.ts'
import type { LanguageModel } from '../models/types.ts'
import { readConfig } from '../server/config.ts'
import { createContext } from '../server/context.ts'

interface Options {
  retireMissing?: boolean
  draft?: boolean
  tier?: string
  topic?: string
}

const program = new Command()
  .name('npm run ingest --')
  .description(
    'Takes articles into the knowledge base: Markdown, HTML, plain text, PDF, DOCX, or JSONL with an id and a text a line. A folder is read with all its folders. Articles that have not changed stay as they are; a changed one gets a new revision.',
  )
  .argument('<path...>', 'files and folders')
  .option('--retire-missing', 'retire every article that is in force and not among these files')
  .option('--draft', 'keep all as drafts: found by nobody until an editor puts them in force in the console')
  .option('--tier <tier>', 'who may see articles that do not say it themselves (all, or one tier of customers)')
  .option('--topic <topic>', 'topic of articles that do not name one')
  .addHelpText(
    'after',
    '\nTitle, topic, owner, review, tier and state (draft) come from front matter, or from articles.csv or articles.json in the folder.',
  )
  .action(ingest)

async function ingest(paths: string[], { retireMissing = false, draft = false, tier, topic }: Options): Promise<void> {
  const config = readConfig()
  const context = await createContext({ ...config, LOG_LEVEL: 'error' }, { model: noModel, byItself: false })
  try {
    const report = await context.knowledge.ingest(paths, {
      actor: 'system',
      retireMissing,
      asDrafts: draft,
      ...(tier === undefined ? {} : { tier }),
      ...(topic === undefined ? {} : { topic }),
      onProgress: showProgress,
    })
    endProgress()
    print(report)
    if (report.failed.length > 0) process.exitCode = 1
  } finally {
    await context.close()
  }
}

/** Reading articles asks the answering model nothing, so its gigabyte stays on the disk. */
const noModel: LanguageModel = {
  identity: { id: 'none', sha256: '', runtime: 'none' },
  generate: () => Promise.reject(new Error('No answering model is loaded while articles are taken in.')),
  choose: () => Promise.reject(new Error('No answering model is loaded while articles are taken in.')),
  status: () => ({ state: 'failed', waiting: 0, restarts: 0, lastError: null }),
  close: () => Promise.resolve(),
}

let shown = ''

function showProgress(done: number, total: number, file: string): void {
  const line = `${done}/${total} ${relative(process.cwd(), file) || file}`
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line.slice(0, (process.stderr.columns || 80) - 1)}`)
  // In a file or a pipe, a line for every tenth of the way is enough.
  else if (total > 0 && Math.floor((10 * done) / total) !== Math.floor((10 * (done - 1)) / total) && line !== shown) console.error(line)
  shown = line
}

function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}

function print({ added, changed, drafted, retired, unchanged, failed }: IngestReport): void {
  for (const article of added) console.log(`added    ${article}`)
  for (const article of changed) console.log(`changed  ${article}`)
  for (const article of drafted) console.log(`draft    ${article}`)
  for (const article of retired) console.log(`retired  ${article}`)
  for (const { file, reason } of failed) console.error(`failed   ${relative(process.cwd(), file) || file}: ${reason}`)
  console.log(
    `${added.length} added, ${changed.length} changed, ${drafted.length} kept as drafts, ${retired.length} retired, ${unchanged.length} unchanged, ${failed.length} failed`,
  )
}

try {
  await program.parseAsync()
} catch (error) {
  console.error(`Nothing was taken in: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
