import { randomInt } from 'node:crypto'
import multer, { MulterError } from 'multer'
import { z } from 'zod'
import { Console } from '../../views/console/frame.tsx'
import { ImportPreview, type PreviewProps } from '../../views/console/import-preview.tsx'
import type { Context } from '../context.ts'
import { invalid, notFound, VouchError } from '../errors.ts'
import { keyOf, prepare, proposed, type Choice, type Prepared } from '../imports/prepare.ts'
import { ENDINGS, MAX_MIB, readPastQuestions } from '../imports/read.ts'
import type { Problem, Sheet } from '../imports/sheet.ts'
import { fingerprintOf } from '../pipeline/trace.ts'
import { CHANNELS, FORMS, type Form } from '../types.ts'
import { readFields } from './body.ts'
import { actorOf, asked, frameOf, goOn, mendable, param, show, type StaffVisit } from './console-reply.ts'
import { tiersOf } from './console-topics.ts'
import type { Route } from './route.ts'

export const IMPORTERS = ['admin'] as const

export const importRoutes: Route[] = [
  { method: 'post', path: '/console/judging/upload', access: IMPORTERS, handle: upload },
  { method: 'get', path: '/console/judging/new/:id', access: IMPORTERS, handle: preview },
  { method: 'post', path: '/console/judging/new/:id', access: IMPORTERS, handle: take },
]

const MOST = 5000

/** Files that were read and not yet taken in: in memory alone, since nobody has said yet that their words may be kept. The newest few. */
const drafts = new WeakMap<Context, Map<string, { file: string; sheet: Sheet; by: string }>>()
const KEPT = 5

function draftsOf(context: Context): Map<string, { file: string; sheet: Sheet; by: string }> {
  const map = drafts.get(context) ?? new Map()
  drafts.set(context, map)
  return map
}

async function upload(visit: StaffVisit): Promise<void> {
  const { res, context, who } = visit
  const file = await receive(visit)
  const sheet = await readPastQuestions(file)
  const id = context.newId('draft')
  const all = draftsOf(context)
  all.set(id, { file: file.name, sheet, by: actorOf(who) })
  const oldest = all.size > KEPT ? all.keys().next().value : undefined
  if (oldest !== undefined) all.delete(oldest)
  goOn(res, `/console/judging/new/${id}`)
}

async function receive({ req, res }: StaffVisit): Promise<{ name: string; bytes: Buffer }> {
  const parse = multer({ storage: multer.memoryStorage(), limits: { fileSize: MAX_MIB * 1024 * 1024, files: 1, fields: 4 } }).single('file')
  await new Promise<void>((resolve, reject) => parse(req, res, (error: unknown) => (error ? reject(readable(error)) : resolve())))
  if (!req.file) throw invalid('No file was chosen. Choose one and try again.')
  // Browsers send names in UTF-8, which the parser reads as Latin-1.
  const decoded = Buffer.from(req.file.originalname, 'latin1').toString('utf8')
  const name = (decoded.includes('\uFFFD') ? req.file.originalname : decoded).split(/[/\\]/).at(-1) ?? ''
  return { name: name.slice(-100) || 'the file', bytes: req.file.buffer }
}

function readable(error: unknown): unknown {
  if (!(error instanceof MulterError)) return error
  if (error.code === 'LIMIT_FILE_SIZE')
    return new VouchError(
      413,
      'too-large',
      `The file is larger than ${MAX_MIB} MB. Export fewer questions, or a mailbox without attachments.`,
    )
  return invalid('The upload could not be read. Please try again.')
}

function preview(visit: StaffVisit): void {
  const { req } = visit
  const { sheet } = draftOf(visit)
  const first = proposed(sheet)
  const column = asked(req, 'column') ?? first.column
  const own = req.query['own'] === undefined ? first.own : ownOf(asked(req, 'own') ?? '')
  showPreview(visit, { column: sheet.columns.includes(column) ? column : first.column, own }, null)
}

function showPreview(visit: StaffVisit, choice: Choice, problem: string | null): void {
  const { req, res, context } = visit
  const { file, sheet } = draftOf(visit)
  const prepared = prepare(sheet, choice)
  const page = ImportPreview({
    id: param(req, 'id'),
    file,
    kind: sheet.kind,
    columns: sheet.columns,
    ...choice,
    ...shortOf(prepared),
    channels: CHANNELS,
    tiers: tiersOf(context),
    most: MOST,
    problem,
  })
  show(res, Console({ frame: frameOf(visit), place: 'judging', title: 'Past questions', children: page }), problem ? 422 : 200)
}

function shortOf({ questions, left, masked }: Prepared): Pick<PreviewProps, 'sample' | 'questions' | 'masked' | 'left'> {
  const reasons = new Map<string, Problem[]>()
  for (const problem of left) {
    // "The same question as in line 12." is one reason, whatever the line.
    const why = problem.why.replace(/ in line \d+/, ' in another line')
    reasons.set(why, [...(reasons.get(why) ?? []), problem])
  }
  return {
    sample: questions.slice(0, 8),
    questions: questions.length,
    masked,
    left: [...reasons].map(([why, all]) => ({ why, count: all.length, lines: all.slice(0, 6).map((p) => p.line) })),
  }
}

const takeFields = z.object({
  column: z.string().max(1000),
  own: z.string().max(500).default(''),
  form: z.enum(FORMS, 'Choose which answers.'),
  channel: z.enum(CHANNELS, 'Choose a channel.'),
  tier: z.string().min(1).max(100),
  number: z.coerce
    .number('Say how many questions.')
    .int('Give a whole number of questions.')
    .min(1, 'At least one question.')
    .max(MOST, `At most ${MOST} questions.`),
  double: z.coerce.number('Say how many are judged twice.').int().min(0, 'From 0 to 100.').max(100, 'From 0 to 100.'),
})

function take(visit: StaffVisit): void {
  const { req, res, context, who } = visit
  const { file, sheet } = draftOf(visit)
  try {
    const { column, own, form, channel, tier, number, double } = readFields(takeFields, req.body)
    if (!tiersOf(context).includes(tier)) throw invalid('There is no such tier.')
    const { questions, left } = prepare(sheet, { column, own: ownOf(own) })
    const known = knownIn(context, form)
    const fresh = questions.filter((q) => !known.has(keyOf(q.text)))
    if (fresh.length === 0 && questions.length > 0)
      throw invalid('All of these were taken in before, and their judgements count already: each question counts once.')
    const chosen = shuffled(fresh).slice(0, number)
    const made = context.store.imports.create(
      {
        file,
        form,
        channel,
        tier,
        questions: chosen.map((question) => ({ ...question, judges: randomInt(100) < double ? 2 : 1 })),
        left: left.length + questions.length - chosen.length,
      },
      actorOf(who),
    )
    draftsOf(context).delete(param(req, 'id'))
    context.answering.wake()
    goOn(res, `/console/judging/past/${made.id}`, { said: fresh.length < questions.length ? 'some-known' : null })
  } catch (error) {
    showPreview(visit, proposed(sheet), mendable(error))
  }
}

/** Questions whose answers of this form, as they are made today, are judged or to be judged already. */
function knownIn({ store, ports }: Context, form: Form): Set<string> {
  const now = JSON.stringify(fingerprintOf(ports))
  const counting = store.imports.list().filter((i) => i.form === form && store.imports.makings(i.id).some((m) => JSON.stringify(m) === now))
  return new Set(counting.flatMap((i) => store.imports.texts(i.id)).map(keyOf))
}

const ownOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s,;]+/)
    .map((one) => one.replace(/^@/, ''))
    .filter((one) => one !== '')

/** Fisher and Yates, by the system's own randomness: the order in which they are answered and judged. */
function shuffled<T>(list: readonly T[]): T[] {
  const all = [...list]
  for (let i = all.length - 1; i > 0; i--) {
    const j = randomInt(i + 1)
    ;[all[i], all[j]] = [all[j] as T, all[i] as T]
  }
  return all
}

function draftOf({ req, context, who }: StaffVisit): { file: string; sheet: Sheet } {
  const draft = draftsOf(context).get(param(req, 'id'))
  if (draft?.by !== actorOf(who)) throw notFound('file any more: please choose it again')
  return draft
}

export const ACCEPTED = ENDINGS.join(',')
