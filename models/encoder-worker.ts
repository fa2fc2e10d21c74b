/** The thread's side of encoder-thread.ts. Only erasable TypeScript. */
import { parentPort } from 'node:worker_threads'
import type { EncoderReply } from './encoder.messages.ts'

/** Says that the model is loaded, and computes from then on what comes. `handedOver`: buffers of a result that need not be copied. */
export function serve<Item, Result>(
  compute: (item: Item) => Promise<Result>,
  handedOver: (result: Result) => ArrayBuffer[] = () => [],
): void {
  const reply = (message: EncoderReply<Result>): void =>
    parentPort?.postMessage(message, message.kind === 'done' ? handedOver(message.result) : [])
  parentPort?.on(
    'message',
    (item: Item) =>
      void compute(item).then(
        (result) => reply({ kind: 'done', result }),
        (error: unknown) => reply({ kind: 'failed', message: String(error) }),
      ),
  )
  reply({ kind: 'ready' })
}
