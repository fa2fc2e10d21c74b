/** `npm run bench -- NAME`: figures of this machine, beside those of a peer measured in the same run. */
import { Command } from 'commander'
import { checkBench } from './bench/check.ts'
import { blastRadiusBench } from './bench/blast.ts'
import { consoleBench } from './bench/console.ts'

const program = new Command('npm run bench --')
  .description('Measures on this machine, and prints each figure beside a peer measured in the same run.')
  .addCommand(checkBench)
  .addCommand(consoleBench)
  .addCommand(blastRadiusBench)

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
