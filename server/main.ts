/** Settings → context → listen → two lines → an orderly end. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ModelUnavailableError } from '../models/errors.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import type { Context } from './context.ts'
import { notYet } from './routes/starting.ts'

const NEEDED_NODE = 24
/** ms: everything has ended by then, whatever hangs. */
const LAST_MOMENT = 4500
const MINUTE = 60_000
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Something that the operator can put right. */
class StartError extends Error {}

let ending: (() => void) | null = null
let isEnding = false

try {
  requireNode()
  await main(readConfig())
} catch (error) {
  // Who ended it while it was starting knows why what was under way broke off.
  if (!isEnding) {
    console.error(inWords(error))
    process.exit(1)
  }
}

async function main(config: Config): Promise<void> {
  // The port first: a second start beside a running one must not touch the data.
  const server = createServer(notYet)
  await listen(server, config)
  endInOrder(server, null)
  // Loaded only now: on an older Node the database's library would crash before anything could be said.
  const { createContext } = await import('./context.ts')
  const { createApp } = await import('./app.ts')
  const { prepareFirstRun } = await import('./first-run.ts')

  const context = await createContext(config)
  endInOrder(server, context)
  const { password } = await prepareFirstRun(context, (line) => console.error(line))
  server.removeAllListeners('request').on('request', createApp(context))
  context.turns.resume()
  context.repair.sender.run()
  context.repair.letters.resume()
  context.repair.regression.watch(MINUTE)
  context.answering.wake()
  context.askingAgain.wake()
  announce(server, config, password)
}

function requireNode(): void {
  const major = Number(process.versions.node.split('.')[0])
  if (major < NEEDED_NODE)
    throw new StartError(`Vouch runs on Node ${NEEDED_NODE} or newer; this is ${process.versions.node}. \`npm start\` brings its own.`)
}

function listen(server: Server, { HOST, PORT }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) => reject(new StartError(whyNotListening(error, HOST, PORT))))
    server.listen(PORT, HOST)
  })
}

function whyNotListening({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken. End what uses it, or choose another one: PORT=8081 npm start`
  if (code === 'EACCES') return `Port ${port} may not be used by this user. Choose one from 1024 on: PORT=8080 npm start`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST=${host} is no address of this machine.`
  return `Cannot listen on ${host}:${port}: ${message}`
}

function announce(server: Server, { HOST, PUBLIC_URL }: Config, password: string | null): void {
  const { port } = server.address() as AddressInfo
  const everywhere = HOST === '0.0.0.0' || HOST === '::'
  const host = everywhere ? 'localhost' : HOST.includes(':') ? `[${HOST}]` : HOST
  const url = PUBLIC_URL?.replace(/\/$/, '') ?? `http://${host}:${port}`
  const how =
    password === null
      ? 'sign in as admin with the password that was set'
      : `sign in as admin with ${password} (shown this once; you choose your own then)`
  console.log(`Portal   ${url}/`)
  console.log(`Console  ${url}/console: ${how}`)
}

/** Ctrl-C, or whoever supervises, ends it all: no new requests, what runs is finished or given up, models and record are closed. */
function endInOrder(server: Server, context: Context | null): void {
  if (ending) for (const signal of SIGNALS) process.off(signal, ending)
  ending = () => {
    isEnding = true
    setTimeout(() => process.exit(1), LAST_MOMENT).unref()
    server.close()
    server.closeIdleConnections()
    const closed = context?.close() ?? Promise.resolve()
    closed
      .catch((error: unknown) => context?.log.error({ err: error }, 'not everything could be closed'))
      .finally(() => {
        server.closeAllConnections()
        process.exit(0)
      })
  }
  for (const signal of SIGNALS) process.once(signal, ending)
}

function inWords(error: unknown): string {
  if ([ConfigError, StartError, ModelUnavailableError].some((kind) => error instanceof kind)) return (error as Error).message
  const { code, path, message, stack } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EROFS')
    return `${path ?? 'A folder'} cannot be written. See DATA_DIR, KEYS_DIR and CACHE_DIR in .env.example.`
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return `${path ?? 'What is named'} should be a folder, and there is a file in its place. See DATA_DIR, KEYS_DIR and CACHE_DIR in .env.example.`
  if (code === 'ENOSPC') return 'The disk is full.'
  return `Vouch could not start: ${stack ?? message}`
}
