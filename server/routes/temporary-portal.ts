/** For tests: the whole house with fake models, two articles and a door on a free port. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CancelledError } from '../../models/errors.ts'
import { fakeEmbedder, fakeLanguageModel, fakeRelevanceModel } from '../../models/fakes.ts'
import { createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { createContext } from '../context.ts'
import type { Context } from '../context.ts'

const ARTICLES = {
  'transfer.md': `---
title: What a transfer abroad costs
---
# What a transfer abroad costs

A transfer abroad costs £12 for each payment. It arrives in three working days.
`,
  'fees.md': `---
title: Fees for cards
---
# Fees for cards

The table shows what a card costs.

| Card | Yearly fee | Lost card |
|---|---|---|
| Debit card | Free | £5 |
| Credit card | £30 | £8 |
`,
}

export interface TemporaryPortal {
  context: Context
  url: string
  /** From now on the model waits with its reply until the returned function is called. */
  hold(): () => void
  /** From now on answers of this confidence are sent by themselves; 2: none is. */
  sendFrom(value: number, form?: 'written' | 'quoted'): void
  /** The lanes in which the model was asked to write, one a request. */
  lanes(): string[]
  /** Breaks every connection that is open, as a network does. */
  cut(): void
  close(): Promise<void>
}

export async function temporaryPortal(): Promise<TemporaryPortal> {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-portal-'))
  mkdirSync(join(folder, 'kb'))
  for (const [name, text] of Object.entries(ARTICLES)) writeFileSync(join(folder, 'kb', name), text)
  let gate = Promise.resolve()
  const opened = (signal?: AbortSignal): Promise<unknown> =>
    Promise.race([gate, new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new CancelledError())))])
  const model = fakeLanguageModel({
    generate: async ({ signal }) => {
      await opened(signal)
      return 'A transfer abroad costs £12 for each payment.'
    },
    choose: async ({ signal }) => {
      await opened(signal)
      return [-0.05, -4]
    },
  })
  const config = readConfig({
    DATA_DIR: join(folder, 'data'),
    KEYS_DIR: join(folder, 'keys'),
    LOG_LEVEL: 'silent',
    FIRM_NAME: 'Alder Bank',
  })
  const context = await createContext(config, { embedder: fakeEmbedder(), relevance: fakeRelevanceModel(), entailment: null, model })
  await context.knowledge.ingest([join(folder, 'kb')], { actor: 'system', retireMissing: false })
  const server = await new Promise<Server>((resolve) => {
    const listening = createApp(context).listen(0, '127.0.0.1', () => resolve(listening))
  })
  return {
    context,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold() {
      let release = (): void => undefined
      gate = new Promise((resolve) => {
        release = resolve
      })
      return release
    },
    sendFrom(value, only) {
      for (const form of ['written', 'quoted'] as const)
        context.store.thresholds.set(
          { topic: '*', channel: '*', tier: '*', form, value: only && only !== form ? 2 : value, reason: 'for the test' },
          'system',
        )
    },
    lanes: () => model.calls.generate.map((request) => request.lane),
    cut: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await context.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
