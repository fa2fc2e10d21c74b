import { createHmac } from 'node:crypto'
import { conflict, notFound } from '../errors.ts'
import type { Role, StaffMember } from '../types.ts'
import type { Event } from './db.ts'
import type { Parts } from './parts.ts'
import { meanwhile } from './meanwhile.ts'
import type { StaffStore } from './types.ts'

export interface StaffRow {
  id: string
  name: string
  password_hash: string
  roles: string
  active: number
  one_time: number
}

export function staffOf({ db, keys, newId }: Parts): StaffStore {
  const byId = db.read<StaffRow>('SELECT * FROM staff WHERE id = ?')
  const byName = db.read<StaffRow>('SELECT * FROM staff WHERE name = ?')
  const all = db.read<StaffRow>('SELECT * FROM staff ORDER BY name')
  const insert = db.write(
    'INSERT INTO staff (id, name, password_hash, roles, one_time, at) VALUES (@id, @name, @hash, @roles, @oneTime, @at)',
  )
  const setPassword = db.write('UPDATE staff SET password_hash = @hash, one_time = @oneTime WHERE id = @id')
  const setRoles = db.write('UPDATE staff SET roles = @roles WHERE id = @id')
  const setActive = db.write('UPDATE staff SET active = @active WHERE id = @id')
  const endSessions = db.keep<{ staff: string }>('DELETE FROM sessions WHERE staff = @staff')
  const note = db.write('INSERT INTO sign_ins (name, ok, at) VALUES (@name, @ok, @at)')
  const failed = db.read<{ count: number }>(
    `SELECT count(*) AS count FROM sign_ins WHERE name = ? AND ok = 0 AND at >= ?
     AND id > (SELECT coalesce(max(id), 0) FROM sign_ins WHERE name = ? AND ok = 1)`,
  )
  const taken = db.read(
    `SELECT 1 FROM log WHERE actor = ? AND at >= ? AND data ->> 'staff' <> ?
     AND (type = 'staff.roles' OR (type = 'staff.active' AND data ->> 'active' = 0)) LIMIT 1`,
  )
  const names = keys.secret('vouch sign-in names')
  const hashOf = (name: string): string => createHmac('sha256', names).update(name.trim().toLowerCase()).digest('hex')
  const unwritten: { name: string; ok: boolean; at: number }[] = []

  const about = (type: string, id: string, by: string, data: Event['data'] = {}): Event => ({
    type,
    actor: by,
    data: { staff: id, ...data },
  })
  const demand = (id: string): StaffRow => {
    const row = byId.get(id)
    if (!row) throw notFound('member of staff')
    return row
  }

  return {
    create({ name, passwordHash, roles, oneTime = false }, by) {
      return db.atomic(() => {
        if (byName.get(name)) throw conflict(`There is somebody called ${name} already.`)
        const id = newId('staff')
        return db.change(about('staff.created', id, by, { roles }), (proof) => {
          insert(proof, { id, name, hash: passwordHash, roles: JSON.stringify(roles), oneTime: oneTime ? 1 : 0, at: proof.at })
          return { id, name, roles, ...(oneTime ? ONE_TIME : {}) }
        })
      })
    },
    byName(name) {
      const row = byName.get(name)
      return row && row.active ? { ...memberOf(row), passwordHash: row.password_hash } : null
    },
    get(id) {
      const row = byId.get(id)
      return row ? memberOf(row) : null
    },
    list: () => all.all().map((row) => ({ ...memberOf(row), active: row.active === 1 })),
    setPassword(id, hash, by, oneTime = false) {
      db.atomic(() => {
        demand(id)
        const flag = oneTime ? 1 : 0
        db.change(about('staff.password', id, by, { oneTime: flag }), (proof) => setPassword(proof, { id, hash, oneTime: flag }))
        endSessions({ staff: id })
      })
    },
    setRoles(id, roles, by) {
      db.atomic(() => {
        demand(id)
        db.change(about('staff.roles', id, by, { roles }), (proof) => setRoles(proof, { id, roles: JSON.stringify(roles) }))
      })
    },
    setActive(id, active, by) {
      db.atomic(() => {
        demand(id)
        db.change(about('staff.active', id, by, { active: active ? 1 : 0 }), (proof) => setActive(proof, { id, active: active ? 1 : 0 }))
        if (!active) endSessions({ staff: id })
      })
    },
    tookRights: (id, since) => taken.get(`staff:${id}`, since, id) !== undefined,
    failures(name, since) {
      const hash = hashOf(name)
      const recent = unwritten.filter((s) => s.name === hash)
      const lastOk = recent.findLastIndex((s) => s.ok)
      const fresh = recent.slice(lastOk + 1).filter((s) => s.at >= since).length
      return lastOk >= 0 ? fresh : fresh + failed.one(hash, since, hash).count
    },
    noteSignIn(name, ok) {
      const attempt = { name: hashOf(name), ok, at: db.clock() }
      const id = byName.get(name.trim())?.id ?? null
      const write = (): void => {
        const event = {
          type: ok ? 'sign-in.passed' : 'sign-in.failed',
          actor: ok && id ? `staff:${id}` : 'system',
          data: { staff: id, at: attempt.at },
        }
        db.change(event, (proof) => note(proof, { ...attempt, ok: ok ? 1 : 0 }))
      }
      meanwhile(db, write, {
        keep: () => unwritten.push(attempt),
        forget: () => unwritten.splice(0),
      })
    },
  }
}

const ONE_TIME = { oneTimePassword: true } as const

export const memberOf = ({ id, name, roles, one_time: oneTime }: Pick<StaffRow, 'id' | 'name' | 'roles' | 'one_time'>): StaffMember => ({
  id,
  name,
  roles: JSON.parse(roles) as Role[],
  ...(oneTime === 1 ? ONE_TIME : {}),
})
