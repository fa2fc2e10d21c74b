/** The thread in which all encoders run: a run blocks its event loop. One thing at a time: see encoder-thread.ts. Only erasable TypeScript. */
import { parentPort } from 'node:worker_threads'
import { loadCrossEncoder } from './cross-encoder.load.ts'
import { loadEmbedder } from './embedder.load.ts'
import type { EncoderReply, EncoderRequest, EncoderSettings, LoadedEncoder } from './encoder.messages.ts'

const encoders = new Map<number, LoadedEncoder<unknown, unknown>>()
let computing: Promise<void> = Promise.resolve()

parentPort?.on('message', (request: EncoderRequest) => void answer(request))

async function answer(request: EncoderRequest): Promise<void> {
  const { encoder } = request
  switch (request.kind) {
    case 'load':
      try {
        encoders.set(encoder, await load(request.settings))
        return reply({ kind: 'loaded', encoder })
      } catch (error) {
        return reply({ kind: 'not-loaded', encoder, message: error instanceof Error ? error.message : String(error) })
      }
    case 'compute': {
      const loaded = encoders.get(encoder)
      if (!loaded) return reply({ kind: 'failed', message: 'it was given up' })
      computing = loaded.compute(request.item).then(
        (result) => reply({ kind: 'done', result }, loaded.handedOver?.(result)),
        (error: unknown) => reply({ kind: 'failed', message: String(error) }),
      )
      return computing
    }
    case 'unload': {
      const loaded = encoders.get(encoder)
      encoders.delete(encoder)
      // Its weights must not go while something is computed with them: that ends the process.
      await computing
      await loaded?.release()
      reply({ kind: 'unloaded', encoder })
    }
  }
}

function load(settings: EncoderSettings): Promise<LoadedEncoder<unknown, unknown>> {
  return settings.kind === 'embedder' ? loadEmbedder(settings) : loadCrossEncoder(settings)
}

const reply = (message: EncoderReply, handedOver: ArrayBuffer[] = []): void => parentPort?.postMessage(message, handedOver)
