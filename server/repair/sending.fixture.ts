/** A process that sends corrections as fast as it can, until it is killed. It says the message of each thread that it has told. */
import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { createLogger } from '../log.ts'
import { openStore } from '../store/open.ts'
import { createSender } from './sender.ts'

const [dataDir = '', keysDir = ''] = process.argv.slice(2)
const newId = (prefix: string): string => `${prefix}_${randomBytes(8).toString('hex')}`
const store = openStore({ dataDir, keysDir, clock: Date.now, newId, probeEvery: 0 })
writeSync(1, 'begun\n')
createSender({
  store,
  perMinute: 60_000,
  waysOf: () => ['webhook'],
  announce: ({ conversation, id }) => void writeSync(1, `${conversation} ${id}\n`),
  log: createLogger('silent'),
}).run()
setInterval(() => undefined, 1000)
