/** The only place that wires things. Tests pass overrides. */
import { randomBytes, randomInt } from 'node:crypto'
import { join } from 'node:path'
import { createKnowledgeBase } from '../kb/knowledge-base.ts'
import type { IngestReport, KnowledgeBase } from '../kb/types.ts'
import { createEntailmentModel, createRelevanceModel } from '../models/cross-encoder.ts'
import { createEmbedder } from '../models/embedder.ts'
import { createLanguageModel } from '../models/language-model.ts'
import type { Embedder, EntailmentModel, LanguageModel, RelevanceModel } from '../models/types.ts'
import { texts as english } from '../views/texts/en.ts'
import { channelsFor } from './channels/index.ts'
import { createDispatcher } from './channels/outbox.ts'
import { codeDigest } from './code-digest.ts'
import type { Config } from './config.ts'
import { createAnswering, type Answering } from './imports/answering.ts'
import { createAskingAgain } from './imports/asking-again.ts'
import { createDesk, type Desk } from './judging/desk.ts'
import { createLogger, type Logger } from './log.ts'
import { createProposals, type Applier, type Proposals } from './people/proposals.ts'
import type { Ports, Texts } from './pipeline/ports.ts'
import { fingerprintOf } from './pipeline/trace.ts'
import { createEditing, type Editing } from './pipeline/editing.ts'
import { createTurns, type Turns } from './pipeline/turns.ts'
import { SHIPPED, type ConfidenceModels } from './policy/confidence.ts'
import { proofAppliers } from './proof/appliers.ts'
import { createWatch, type Watch } from './monitor/watch.ts'
import { sameMaking } from './proof/evidence.ts'
import { createProof, type Proof } from './proof/proof.ts'
import { watchful } from './proof/watchful.ts'
import { createReachJobs, type ReachJobs } from './repair/reach-jobs.ts'
import type { ClaimMatcher } from './repair/types.ts'
import { claimMatcher } from './repair/same-claim.ts'
import { askAgain } from './ask-again.ts'
import { createComebacks } from './repair/comebacks.ts'
import { CHANGING, createRegression, type Regression } from './repair/regression.ts'
import { correctionChecks, createLetterChecks, type LetterChecks } from './repair/letter-checks.ts'
import { createSender, type Sender } from './repair/sender.ts'
import { correctionApplier } from './repair/approve-correction.ts'
import { waysOutside } from './ways.ts'
import type { Way } from './store/correction-types.ts'
import type { Message } from './conversation-types.ts'
import type { Fingerprint } from './store/label-types.ts'
import { openStore } from './store/open.ts'
import type { Store } from './store/types.ts'
import type { LogEntry } from './audit/entry.ts'
import { scopeReader } from './scope-reader.ts'
import { speller } from './speller.ts'

export interface Knowledge extends KnowledgeBase {
  /** Takes in files or folders. `retireMissing`: what is not there any more is retired. */
  ingest(
    paths: string[],
    options: {
      actor: string
      retireMissing: boolean
      /** Nothing of it comes into force: all is kept as drafts. */
      asDrafts?: boolean
      /** For documents that don't say theirs. */
      tier?: string
      topic?: string
      onProgress?: (done: number, total: number, file: string) => void
    },
  ): Promise<IngestReport>
  /** Nothing is answered from these articles any more; they are not deleted. */
  retire(articles: string[], actor: string): Promise<void>
  /** Puts the article's draft in force. False when its draft is another one by now, or gone. */
  publish(article: string, revision: string, actor: string): Promise<boolean>
  close(): Promise<void>
}

export interface Context {
  config: Config
  log: Logger
  clock: () => number
  /** Cryptographically random bytes as lower-case base32. */
  newId: (prefix: string) => string
  /** Uniform in [0, 1), not to be foreseen. */
  random: () => number
  store: Store
  knowledge: Knowledge
  embedder: Embedder
  model: LanguageModel
  relevance: RelevanceModel
  /** Null where its weights are not installed. */
  entailment: EntailmentModel | null
  /** What the pipeline needs; for reviewing and the commands. */
  ports: Omit<Ports, 'record' | 'onStage'>
  turns: Turns
  /** What reviewers write instead of held answers, while it is checked. */
  editing: Editing
  /** Looks for what behaves differently than usual. */
  watch: Watch
  /** A topic's or an article's id as people call it. */
  nameOf: (kind: 'topic' | 'article', id: string) => string
  /** What goes on in the background while something is put right. */
  repair: { reach: ReachJobs; letters: LetterChecks; sender: Sender; regression: Regression; waysOf: (conversation: string) => Way[] }
  /** Compares a statement that was found wrong with answers. */
  matcher: (statement: string) => Promise<ClaimMatcher>
  /** Changes that a second person approves. */
  proposals: Proposals
  /** What is known of how often answers are right. */
  proof: Proof
  /** Answers past questions behind everybody who waits. */
  answering: Answering
  /** Asks the questions of past judgements again, likewise. */
  askingAgain: Answering
  /** Hands out answers to be judged. */
  desk: Desk
  close(): Promise<void>
}

export type Overrides = Partial<
  Pick<Context, 'log' | 'clock' | 'newId' | 'random' | 'store' | 'knowledge' | 'embedder' | 'model' | 'relevance' | 'entailment'>
> & {
  /** False for commands beside a house that may be running: nothing is delivered, looked for or asked again by itself, or it would be done twice. */
  byItself?: boolean
}

export async function createContext(config: Config, overrides: Overrides = {}): Promise<Context> {
  const log = overrides.log ?? createLogger(config.LOG_LEVEL)
  const clock = overrides.clock ?? Date.now
  const newId = overrides.newId ?? randomId
  const random = overrides.random ?? unforeseen
  const byItself = overrides.byItself ?? true
  const defaults = SHIPPED.thresholds
  const listeners: ((entry: LogEntry) => void)[] = []
  const onEvent = (entry: LogEntry): void => listeners.forEach((listener) => listener(entry))
  const store = overrides.store ?? openStore({ dataDir: config.DATA_DIR, keysDir: config.KEYS_DIR, clock, newId, defaults, onEvent })
  const ended = (whose: string) => (why: string) => log.error({ why }, `the process of the ${whose} ended; it is started again`)
  const { MODELS_DIR: modelsDir, ANSWER_MODEL: id, MODEL_THREADS: threads, MODEL_QUEUE: queue } = config
  const [embedder, model, relevance, entailment] = await Promise.all([
    overrides.embedder ?? createEmbedder({ modelsDir, onDeath: ended('encoders') }),
    overrides.model ?? createLanguageModel({ modelsDir, id, threads, queue, onDeath: ended('answering model') }),
    overrides.relevance ?? createRelevanceModel({ modelsDir }),
    overrides.entailment === undefined ? createEntailmentModel({ modelsDir }) : overrides.entailment,
  ])
  if (!entailment) log.warn('There is no entailment model in models/grounding/entailment: answers are checked without it.')
  const knowledge =
    overrides.knowledge ?? (await createKnowledgeBase({ store: store.knowledge, embedder, dir: join(config.DATA_DIR, 'index'), log }))
  const scope = scopeReader(store)
  const sameClaim = claimMatcher({ embedder, model, lane: 'background' })
  const matcher: Context['matcher'] = async (statement) => sameClaim(statement)
  // A customer waits for this one: by words and vectors alone, which takes a look-alike more rather than one less.
  const quickly = claimMatcher({ embedder, model: null, lane: 'customer' })
  const ports: Context['ports'] = {
    clock,
    knowledge,
    embedder,
    model,
    relevance,
    entailment,
    scope,
    threshold: (segment, form) => proof.threshold(segment, form),
    certifiedOnly: config.CERTIFIED_ONLY === 'yes',
    calibration: () => (store.calibrations.current()?.models as ConfidenceModels | undefined) ?? SHIPPED,
    checker: codeDigest(),
    audit: () => ({ share: config.AUDIT_SHARE, second: judgesOf(store) > 1 ? TWO_JUDGES : 0 }),
    random,
    quarantine: store.quarantines,
    spelled: speller(config.MODELS_DIR, store, () => knowledge.snapshot(), scope),
    async states(statement, texts) {
      const matches = await quickly(statement).match(texts)
      return matches.map(({ hit, why }) => (hit ? why : null))
    },
    get texts() {
      return textsFor(scope().contact)
    },
    sendsExpired: config.EXPIRED_ARTICLES === 'send',
    reviewDueMs: config.REVIEW_DUE_MINUTES * 60_000,
  }
  const proof = createProof({
    store,
    clock,
    certifiedOnly: ports.certifiedOnly,
    calibration: ports.calibration,
    fingerprint: () => fingerprintOf(ports),
  })
  listeners.push(watchful(proof, () => fingerprintOf(ports), log))
  const proposals = createProposals({ store, appliers: appliersFor(store), clock })
  const turns = createTurns({ store, ports, log })
  const customersWait = (): boolean => turns.allRunning().length > 0
  const answering = createAnswering({ store, ports, customersWait, log })
  const answersAs = (making: Fingerprint): boolean => sameMaking(making, fingerprintOf(ports))
  const askingAgain = createAskingAgain({ store, ports, customersWait, log, answersAs })
  const desk = createDesk({ store, clock, random, newId })
  const nameOf: Context['nameOf'] = (kind, id) =>
    (kind === 'topic' ? scope().topics.find((t) => t.id === id)?.title : store.knowledge.articles().find((a) => a.article === id)?.title) ??
    id
  const watch = createWatch({ store, clock, log, everyMs: byItself ? WATCH_MS : 0, nameOf })
  const editing = createEditing({
    ports,
    log,
    announce: ({ id: review, conversation }) => turns.publish({ type: 'review', conversation, review }),
  })
  const publish = (message: Message): void => turns.publish({ type: 'message', conversation: message.conversation, message })
  const outbox = { store, clock, log, everyMs: byItself ? OUTBOX_MS : 0 }
  const dispatcher = createDispatcher({ ...outbox, channels: channelsFor(publish) })
  // Apart from the threads: somebody else's server that is slow must not keep them waiting.
  const outside = waysOutside(config, store, clock)
  const mail = createDispatcher({ ...outbox, channels: outside.channels, onGivenUp: outside.onGivenUp })
  const repair = {
    reach: createReachJobs({ store, matcher, log }),
    letters: createLetterChecks({ store, check: correctionChecks({ ...ports, store }), log }),
    sender: createSender({ store, perMinute: config.CORRECTIONS_PER_MINUTE, waysOf: outside.waysOf, announce: publish, log }),
    waysOf: outside.waysOf,
    regression: createRegression({ store, ask: askAgain(ports), states: ports.states, log }),
  }
  const comebacks = createComebacks({ store, says: quickly, log })
  listeners.push(({ type, data }) => {
    if (CHANGING.has(type) && byItself) repair.regression.soon()
    // Told of while the latch still opens: what could not be recorded is run again once it has.
    if (type === 'record.resumed')
      void Promise.resolve()
        .then(() => turns.resume())
        .catch((error: unknown) => log.error({ err: error }, 'turns that could not be recorded were not begun again'))
    if ((type === 'turn.recorded' || type === 'review.decided') && typeof data['message'] === 'string') comebacks.heard(data['message'])
  })
  return {
    config,
    log,
    clock,
    newId,
    random,
    store,
    knowledge,
    embedder,
    model,
    relevance,
    entailment,
    ports,
    turns,
    editing,
    watch,
    nameOf,
    matcher,
    repair,
    proposals,
    proof,
    answering,
    askingAgain,
    desk,
    async close() {
      await Promise.all([turns.close(2000), answering.close(), askingAgain.close()])
      await watch.close()
      await Promise.all([repair.reach, repair.letters, repair.sender, repair.regression, comebacks, mail].map((one) => one.close()))
      await dispatcher.close()
      await Promise.allSettled([model.close(), embedder.close(), relevance.close(), entailment?.close(), knowledge.close()])
      store.close()
    },
  }
}

/** ms between looks at what behaves differently. */
const WATCH_MS = 15 * 60_000
/** ms between looks at what is to be delivered. */
const OUTBOX_MS = 1000

const STEPS = 2 ** 47
const unforeseen = (): number => randomInt(STEPS) / STEPS

/** Of the answers that chance chooses, so many are judged by two people, who then can be compared. */
const TWO_JUDGES = 0.1

const judgesOf = ({ staff }: Store): number =>
  staff.list().filter((s) => s.active && s.roles.some((role) => role === 'reviewer' || role === 'admin')).length

/** Who applies which kind of proposal. */
function appliersFor(store: Store): Record<string, Applier> {
  return { ...proofAppliers(store), correction: correctionApplier(store) }
}

/** 80 random bits in Crockford's base32: short enough to read out, long enough never to meet twice. */
function randomId(prefix: string): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
  return `${prefix}_${Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join('')}`
}

function textsFor(contact: string): Texts {
  const { notices, answer, problems } = english
  const fill = (text: string): string => text.replace('{contact}', contact).trim()
  return {
    held: notices.held,
    handedOver: fill(notices.handedOver),
    askedForPerson: fill(notices.askedForPerson),
    personOnly: fill(notices.personOnly),
    caveat: answer.caveat,
    gap: fill(notices.gap),
    outOfScope: fill(notices.outOfScope),
    rejected: fill(notices.rejected),
    askBack: notices.askBack,
    settled: notices.settled,
    greeting: notices.greeting,
    failed: notices.failed,
    cancelled: notices.cancelled,
    busy: (seconds) => problems.busyTurn.replace('{seconds}', String(seconds)),
    quoted: (title) => `${answer.quotedFrom.replace('{title}', title)}:`,
  }
}
