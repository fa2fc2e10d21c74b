import { sha256 } from '../audit/entry.ts'
import type { Calibration, CalibrationStore } from './calibration-types.ts'
import type { Parts } from './parts.ts'

interface CalibrationRow {
  version: number
  models: string | null
  by: string
  at: number
}

export function calibrationsOf({ db }: Parts): CalibrationStore {
  const SELECT = 'SELECT version, models, set_by AS by, at FROM calibrations'
  const newest = db.read<CalibrationRow>(`${SELECT} ORDER BY version DESC LIMIT 1`)
  const byVersion = db.read<CalibrationRow>(`${SELECT} WHERE version = ?`)
  const all = db.read<CalibrationRow>(`${SELECT} ORDER BY version DESC`)
  const insert = db.write('INSERT INTO calibrations (version, models, set_by, at) VALUES (@version, @models, @by, @at)')
  /** Read at every turn, so the weights are parsed once. */
  let known: Calibration | null = null
  return {
    current() {
      const row = newest.get()
      if (!row || row.models === null) return null
      if (known?.version !== String(row.version)) known = calibrationOf(row)
      return known
    },
    get(version) {
      const row = byVersion.get(version)
      return row && row.models !== null ? calibrationOf(row) : null
    },
    list: () => all.all().map(calibrationOf),
    set(models, by) {
      return db.atomic(() => {
        const version = (newest.get()?.version ?? 0) + 1
        const json = models && JSON.stringify({ ...models, version: String(version) })
        db.change({ type: 'calibration.set', actor: by, data: { version, models: json && sha256(json) } }, (proof) =>
          insert(proof, { version, models: json, by, at: proof.at }),
        )
        return String(version)
      })
    },
  }
}

const calibrationOf = ({ version, models, by, at }: CalibrationRow): Calibration => ({
  version: String(version),
  models: models === null ? null : (JSON.parse(models) as unknown),
  by,
  at,
})
