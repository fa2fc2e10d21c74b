import { millionths, sha256 } from '../audit/entry.ts'
import { invalid, notFound } from '../errors.ts'
import { FORMS } from '../types.ts'
import type { Form, Segment, Threshold } from '../types.ts'
import type { Noted } from './db.ts'
import type { Parts } from './parts.ts'
import type { ThresholdStore } from './types.ts'

interface CellRow extends Omit<Threshold, 'value'> {
  value: number | null
}

/** The greatest that may be set; anything above 1 means: never. */
const NEVER = 2

export function thresholdsOf({ db }: Parts): ThresholdStore & { seed(defaults: Record<Form, number>): void } {
  // SQLite gives the other columns of the row that holds the maximum.
  const newest = db.read<CellRow & { seq: number }>(
    `SELECT topic, channel, tier, form, value, state, set_by AS setBy, reason, at, max(seq) AS seq FROM thresholds
     GROUP BY topic, channel, tier, form ORDER BY topic, channel, tier, form`,
  )
  // A version whose predecessor was no cell, or that is none: the cell came or went.
  const changes = db.read<Cell & { at: number }>(
    `SELECT topic, channel, tier, max(at) AS at FROM (
       SELECT topic, channel, tier, at, value, lag(value) OVER (PARTITION BY topic, channel, tier ORDER BY seq) AS before
       FROM thresholds WHERE form = ?) WHERE (value IS NULL) <> (before IS NULL) GROUP BY topic, channel, tier`,
  )
  const insert = db.write(
    `INSERT INTO thresholds (seq, topic, channel, tier, form, value, state, set_by, reason, at)
     VALUES (@seq, @topic, @channel, @tier, @form, @value, 'provisional', @by, @reason, @at)`,
  )

  const all = (): Threshold[] =>
    newest.all().flatMap(({ seq: _, value, ...cell }) => (value === null ? [] : [{ ...cell, value: value / 1_000_000 }]))

  const write = (type: string, cell: Omit<CellRow, 'state' | 'setBy' | 'at'>, by: string): void => {
    const { topic, channel, tier, form, reason } = cell
    const value = cell.value === null ? null : millionths(cell.value)
    db.change({ type, actor: by, data: { topic, channel, tier, form, value, reason: sha256(reason) } }, (proof: Noted) =>
      insert(proof, { seq: proof.seq, topic, channel, tier, form, value, by, reason, at: proof.at }),
    )
  }

  return {
    all,
    set(cell, by) {
      if (!(cell.value >= 0 && cell.value <= NEVER))
        throw invalid(`A threshold lies between 0 and 1, or above 1 for "never"; not ${cell.value}.`)
      if (cell.reason.trim() === '') throw invalid('Say why the threshold is changed.')
      write('threshold.set', cell, by)
    },
    clear({ topic, channel, tier, form }, by, reason) {
      const cell = { topic, channel, tier, form }
      if (particularity(cell) === 0) throw invalid('The threshold for everything cannot be removed; set it to another value instead.')
      db.atomic(() => {
        if (!all().some((c) => same(c, cell))) throw notFound('threshold')
        write('threshold.cleared', { ...cell, value: null, reason }, by)
      })
    },
    for(segment, form) {
      const found = mostParticular(all(), segment, form)
      if (!found) throw new Error(`No threshold applies to ${form}`)
      return found
    },
    shaped({ form, ...cell }) {
      const all = changes.all(form)
      const latest = (some: { at: number }[]): number => Math.max(0, ...some.map(({ at }) => at))
      return {
        own: latest(all.filter((c) => same({ ...c, form }, { ...cell, form }))),
        within: latest(all.filter((c) => particularity(c) > particularity(cell) && meets(c, cell))),
      }
    },
    seed(defaults) {
      if (newest.get()) return
      db.atomic(() => {
        for (const form of FORMS)
          write('threshold.set', { topic: '*', channel: '*', tier: '*', form, value: defaults[form], reason: 'shipped default' }, 'system')
      })
    },
  }
}

/** Of the cells that fit, the one that names the topic goes first, then the channel, then the tier. */
export function mostParticular(cells: Threshold[], segment: Segment, form: Form): Threshold | null {
  return cells
    .filter((c) => c.form === form && fits(c, segment))
    .reduce<Threshold | null>((best, c) => (best === null || particularity(c) > particularity(best) ? c : best), null)
}

type Cell = Pick<Threshold, 'topic' | 'channel' | 'tier'>

const fits = (cell: Cell, segment: Segment): boolean =>
  (cell.topic === '*' || cell.topic === segment.topic) &&
  (cell.channel === '*' || cell.channel === segment.channel) &&
  (cell.tier === '*' || cell.tier === segment.tier)

/** Whether there can be a segment that both fit. */
const meets = (a: Cell, b: Cell): boolean =>
  (['topic', 'channel', 'tier'] as const).every((of) => a[of] === '*' || b[of] === '*' || a[of] === b[of])

const particularity = ({ topic, channel, tier }: Cell): number =>
  (topic === '*' ? 0 : 4) + (channel === '*' ? 0 : 2) + (tier === '*' ? 0 : 1)

const same = (a: Cell & { form: Form }, b: Cell & { form: Form }): boolean =>
  a.topic === b.topic && a.channel === b.channel && a.tier === b.tier && a.form === b.form
