/** `npm run regression`: asks the questions of past incidents again, against the articles in the data folder. Exit code 1 when one is answered wrong. */
import { Command } from 'commander'
import { readConfig } from '../server/config.ts'
import { createContext } from '../server/context.ts'

await new Command()
  .name('npm run regression')
  .description('Asks the questions of past incidents again and says which are answered right, held, or wrong. Nothing is sent.')
  .action(run)
  .parseAsync()

async function run(): Promise<void> {
  const context = await createContext({ ...readConfig(), LOG_LEVEL: 'error' })
  try {
    const cases = context.store.cases.active()
    if (cases.length === 0) return console.log('No incident has a question that is asked again yet.')
    const counts = { right: 0, held: 0, wrong: 0, failed: 0 }
    for (const asked of cases) {
      const [result] = await context.repair.regression.run([asked])
      if (!result) continue
      counts[result.result]++
      console.log(`${result.result.padEnd(6)}  ${asked.question}\n        ${result.why} (${asked.incident})`)
    }
    console.log(`${counts.right} right, ${counts.held} held, ${counts.wrong} wrong, ${counts.failed} could not be asked`)
    if (counts.wrong + counts.failed > 0) process.exitCode = 1
  } finally {
    await context.close()
  }
}
