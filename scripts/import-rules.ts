/**
 * Who may import whom (docs/tour.md has it as a picture). The first room whose path a file begins with is the file's room.
 * `values`: what may be imported and run; `types`: what may be imported with `import type` only. A room may always import from itself.
 */
export interface Room {
  path: string
  values: readonly string[]
  types: readonly string[]
  /** Its functions are pure: what they are told is all that they know. */
  pure?: true
  /** The clock, chance and the settings are handed to it. */
  injected?: true
}

const TYPES = ['types', 'scope-types', 'care-types', 'conversation-types'].map((name) => `server/${name}.ts`)
const VOCABULARY = [...TYPES, 'server/errors.ts']
/** Types that describe what one room may ask of another. */
const CONTRACTS = ['kb/types.ts', 'models/types.ts']
const STORE = [
  'types',
  'program-types',
  'calibration-types',
  'certificate-types',
  'label-types',
  'proposal-types',
  'reach-types',
  'report-types',
  'alarm-types',
  'care-types',
  'import-types',
  'round-types',
  'heard-types',
  'incident-types',
  'correction-types',
].map((name) => `server/store/${name}.ts`)
const ANYWHERE_IN_SERVER = { values: ['server/log.ts'], types: ['server/config.ts'] }

const inServer = (room: Room): Room => ({
  ...room,
  values: [...room.values, ...ANYWHERE_IN_SERVER.values],
  types: [...room.types, ...ANYWHERE_IN_SERVER.types],
})

export const ROOMS: readonly Room[] = [
  { path: 'models/', values: [], types: [] },
  { path: 'words/', values: [], types: [], pure: true },
  { path: 'kb/', values: ['words/'], types: ['models/types.ts'] },
  { path: 'views/', values: ['words/', ...TYPES], types: [...CONTRACTS, ...STORE, 'server/audit/entry.ts'] },
  { path: 'scripts/', values: [''], types: [''] },
  ...TYPES.map((path) => ({ path, values: TYPES, types: CONTRACTS })),
  { path: 'server/errors.ts', values: [], types: CONTRACTS },
  { path: 'server/log.ts', values: [], types: [] },
  { path: 'server/config.ts', values: [], types: [] },
  { path: 'server/policy/', values: [...TYPES, 'words/'], types: CONTRACTS, pure: true },
  { path: 'server/signals/', values: [...TYPES, 'words/'], types: CONTRACTS, pure: true },
  { path: 'server/audit/', values: TYPES, types: CONTRACTS, pure: true },
  { path: 'server/checks/', values: [...TYPES, 'words/'], types: [...CONTRACTS, 'server/pipeline/ports.ts'], injected: true },
  inServer({
    path: 'server/pipeline/',
    values: [...VOCABULARY, 'models/errors.ts', 'server/checks/', 'server/policy/', 'server/signals/', 'words/'],
    types: [...CONTRACTS, ...STORE],
    injected: true,
  }),
  inServer({
    path: 'server/imports/',
    values: [...VOCABULARY, 'models/errors.ts', 'kb/formats/decode.ts', 'server/pipeline/', 'words/'],
    types: [...CONTRACTS, ...STORE],
    injected: true,
  }),
  inServer({
    path: 'server/judging/',
    values: [...VOCABULARY, 'server/policy/'],
    types: [...CONTRACTS, ...STORE],
    injected: true,
  }),
  inServer({
    path: 'server/repair/',
    values: [...VOCABULARY, 'models/errors.ts', 'server/checks/', 'server/policy/', 'server/signals/', 'words/'],
    types: [...CONTRACTS, ...STORE],
    injected: true,
  }),
  inServer({
    path: 'server/proof/',
    values: [...VOCABULARY, 'server/policy/', 'words/'],
    types: [...CONTRACTS, ...STORE, 'server/audit/'],
    injected: true,
  }),
  inServer({ path: 'server/store/', values: [...VOCABULARY, 'server/audit/'], types: CONTRACTS }),
  ...['server/people/', 'server/channels/', 'server/monitor/'].map((path) =>
    inServer({ path, values: [...VOCABULARY, 'server/audit/'], types: [...CONTRACTS, ...STORE] }),
  ),
  inServer({
    path: 'server/routes/',
    values: [
      ...VOCABULARY,
      'server/pipeline/',
      'server/imports/',
      'server/judging/',
      'server/proof/',
      'server/repair/',
      'server/people/',
      'server/monitor/words.ts',
      'views/',
    ],
    types: [...CONTRACTS, ...STORE, 'server/context.ts', 'server/audit/'],
  }),
  ...[
    'server/context.ts',
    'server/app.ts',
    'server/main.ts',
    'server/first-run.ts',
    'server/ways.ts',
    'server/ask-again.ts',
    'server/scope-reader.ts',
    'server/speller.ts',
    'server/code-digest.ts',
  ].map((path) => ({
    path,
    values: ['server/', 'models/', 'kb/', 'views/', 'words/'],
    types: [],
  })),
]

/** Libraries that one room alone may run, so that it can be exchanged there. */
export const LIBRARIES: Record<string, readonly string[]> = {
  'better-sqlite3': ['server/store/'],
  '@lancedb/lancedb': ['kb/'],
  'apache-arrow': ['kb/'],
  express: ['server/app.ts', 'server/routes/'],
  'node-llama-cpp': ['models/'],
  '@huggingface/transformers': ['models/'],
  preact: ['views/'],
  'preact-render-to-string': ['views/'],
  'prom-client': ['server/monitor/', 'server/routes/'],
}

/** What reaches outside, and so has no place in a pure room. */
export const OUTSIDE = ['node:fs', 'node:fs/promises', 'node:child_process', 'node:http', 'node:https', 'node:net', 'node:worker_threads']

/** Global names that an `injected` or pure room must be handed instead. */
export const AMBIENT = ['process.env', 'Date.now', 'new Date()', 'Math.random', 'performance.now', 'crypto.randomUUID', 'randomUUID']
