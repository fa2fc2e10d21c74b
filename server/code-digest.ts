import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What reads, selects, checks and decides. */
const FOLDERS = ['words', 'kb', 'server/signals', 'server/checks', 'server/pipeline', 'server/policy']

/** SHA-256 over the code that an answer is made, checked and decided by. A new release may change it, and what rests on the old one has to be proven again. */
export function codeDigest(): string {
  const root = join(import.meta.dirname, '..')
  const digest = createHash('sha256')
  for (const folder of FOLDERS)
    for (const file of readdirSync(join(root, folder)).toSorted())
      if (/(?<!\.test)\.ts$/.test(file))
        digest
          .update(`${folder}/${file}\0`)
          .update(readFileSync(join(root, folder, file)))
          .update('\0')
  return digest.digest('hex')
}
