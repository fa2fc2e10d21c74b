/**
 * The process in which all encoders run: a run blocks its event loop, and a crash of the native code ends this process and nothing else. One
 * thing at a time: see encoder-process.ts. Node runs it as it is (types are stripped), so only erasable TypeScript.
 */
import { loadCrossEncoder } from './cross-encoder.load.ts'
import { loadEmbedder } from './embedder.load.ts'
import type { EncoderReply, EncoderRequest, EncoderSettings, LoadedEncoder } from './encoder.messages.ts'
import type { AboutItself } from './model-process.ts'

const encoders = new Map<number, Promise<LoadedEncoder<unknown, unknown>>>()
let computing: Promise<void> = Promise.resolve()

// The house decides when this process ends: a Ctrl-C reaches it too, and must not cut off a turn that is being finished.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.on('message', (request: EncoderRequest) => void answer(request))

async function answer(request: EncoderRequest): Promise<void> {
  switch (request.kind) {
    case 'start':
      return send({ kind: 'ready' })
    case 'load': {
      const { encoder } = request
      const loading = load(request.settings)
      encoders.set(encoder, loading)
      return loading.then(
        () => send({ kind: 'loaded', encoder }),
        (error: unknown) => send({ kind: 'not-loaded', encoder, message: error instanceof Error ? error.message : String(error) }),
      )
    }
    case 'compute':
      computing = compute(request.encoder, request.item).then(
        (result) => send({ kind: 'done', result }),
        (error: unknown) => send({ kind: 'failed', message: String(error) }),
      )
      return computing
    case 'unload': {
      const loaded = encoders.get(request.encoder)
      encoders.delete(request.encoder)
      // Its weights must not go while something is computed with them: that ends the process.
      await computing
      await (await loaded?.catch(() => null))?.release()
      return send({ kind: 'unloaded' })
    }
    default:
      request satisfies never
  }
}

async function compute(encoder: number, item: unknown): Promise<unknown> {
  const loaded = await encoders.get(encoder)
  if (!loaded) throw new Error('it was given up')
  return loaded.compute(item)
}

function load(settings: EncoderSettings): Promise<LoadedEncoder<unknown, unknown>> {
  return settings.kind === 'embedder' ? loadEmbedder(settings) : loadCrossEncoder(settings)
}

function send(message: EncoderReply | AboutItself): void {
  process.send?.(message)
}
