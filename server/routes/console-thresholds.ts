import { Console } from '../../views/console/frame.tsx'
import { exact } from '../../views/console/threshold-proof.tsx'
import { Thresholds, type MatrixCell, type MatrixColumn, type MatrixRow } from '../../views/console/thresholds.tsx'
import type { Context } from '../context.ts'
import type { Proof } from '../proof/proof.ts'
import { CHANNELS, FORMS, type Form, type Threshold } from '../types.ts'
import { askedOf, frameOf, saidOf, show, type StaffVisit } from './console-reply.ts'
import { askingAgainOf } from './console-rounds.ts'
import { tiersOf, topicTitles } from './console-topics.ts'
import type { Route } from './route.ts'

const ADMINS = ['admin'] as const

export const thresholdRoutes: Route[] = [{ method: 'get', path: '/console/thresholds', access: ADMINS, handle: matrix }]

function matrix(visit: StaffVisit): void {
  const { req, res, context } = visit
  const form = askedOf(req, 'form', FORMS) ?? 'written'
  const columns = columnsOf(context)
  const proof = context.proof.all()
  const rows = rowsOf(context, proof, form, columns)
  const lapsed = rows.flatMap((row) => row.cells).find((cell) => cell.own && cell.threshold.state === 'lapsed')?.threshold
  const page = Thresholds({
    form,
    columns,
    rows,
    again: lapsed ? askingAgainOf(context, form, 'lapsed', proof.readiness({ ...lapsed, form }).sample) : null,
    certifiedOnly: context.ports.certifiedOnly,
    said: saidOf(req),
  })
  show(res, Console({ frame: frameOf(visit), place: 'thresholds', title: 'Thresholds', children: page }))
}

const columnsOf = (context: Context): MatrixColumn[] => [
  { channel: '*', tier: '*' },
  ...CHANNELS.flatMap((channel) => tiersOf(context).map((tier) => ({ channel, tier }))),
]

function rowsOf(context: Context, proof: ReturnType<Proof['all']>, form: Form, columns: MatrixColumn[]): MatrixRow[] {
  const titles = topicTitles(context)
  const cells = (topic: string) =>
    columns.map((column) => cellIn({ store: context.store, proof }, form, topic, column)).map((cell) => withProof(proof, cell))
  const ruled = { allowed: null, approval: 'always held for a person', never: 'never by a machine' }
  return [
    { topic: '*', title: 'Every topic', ruled: null, cells: cells('*') },
    ...context.ports.scope().topics.map((t) => ({ topic: t.id, title: titles(t.id), ruled: ruled[t.rule], cells: cells(t.id) })),
  ]
}

/** The cell itself if it is set; else the most particular one that holds for all of it. */
export function cellIn(
  { store, proof }: { store: Pick<Context['store'], 'thresholds'>; proof: Pick<Proof, 'standing'> },
  form: Form,
  topic: string,
  { channel, tier }: MatrixColumn,
): MatrixCell {
  const column = { channel, tier }
  const all = store.thresholds.all().filter((c) => c.form === form)
  const own = all.find((c) => c.topic === topic && c.channel === channel && c.tier === tier)
  const general = (): Threshold => all.find((c) => c.topic === '*' && c.channel === '*' && c.tier === '*') as Threshold
  const found = own ?? (channel === '*' ? general() : store.thresholds.for({ topic, channel, tier }, form))
  return { column, threshold: { ...found, state: proof.standing(found).state }, own: own !== undefined, note: null }
}

/** What is proven of a cell of its own, or what is missing, in a few words. */
function withProof(proof: ReturnType<Proof['all']>, cell: MatrixCell): MatrixCell {
  if (!cell.own || cell.threshold.value > 1) return cell
  const { certificate, suspension } = proof.standing(cell.threshold)
  if (suspension) return { ...cell, note: `${suspension.errors} of ${suspension.audits} audits wrong` }
  if (certificate?.result) return { ...cell, note: `at most ${exact(certificate.alpha)} of 100 wrong, ${certificate.rows} judged` }
  const { sample, missing } = proof.readiness(cell.threshold)
  return {
    ...cell,
    note: missing > 0 ? `${sample.rows.length} judged, needs ${missing} more` : `${sample.rows.length} judged, can be tested`,
  }
}
