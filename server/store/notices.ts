import { notFound } from '../errors.ts'
import type { Role } from '../types.ts'
import type { Parts } from './parts.ts'
import type { Notice, NoticeStore } from './proposal-types.ts'

interface NoticeRow extends Omit<Notice, 'roles'> {
  roles: string
}

const SELECT = 'SELECT id, key, kind, text, href, roles, since, seen_by AS seenBy, seen_at AS seenAt FROM notices'

export function noticesOf({ db, newId }: Parts): NoticeStore {
  const open = db.read<NoticeRow>(
    `${SELECT} WHERE ended_at IS NULL AND dismissed_at IS NULL ORDER BY kind = 'alarm' DESC, since DESC, rowid DESC`,
  )
  const openById = db.read<NoticeRow>(`${SELECT} WHERE id = ? AND ended_at IS NULL AND dismissed_at IS NULL`)
  const openByKey = db.read<NoticeRow>(`${SELECT} WHERE key = ? AND ended_at IS NULL`)
  const insert = db.write(
    'INSERT INTO notices (id, key, kind, text, href, roles, since) VALUES (@id, @key, @kind, @text, @href, @roles, @since)',
  )
  const see = db.write('UPDATE notices SET seen_by = @by, seen_at = @at WHERE id = @id')
  const hide = db.write('UPDATE notices SET dismissed_at = @at WHERE id = @id')
  const finish = db.write('UPDATE notices SET ended_at = @at WHERE id = @id')

  const find = (id: string): NoticeRow => {
    const row = openById.get(id)
    if (!row) throw notFound('notice')
    return row
  }

  return {
    raise({ key, kind, text, href, roles = [] }) {
      db.atomic(() => {
        if (openByKey.get(key)) return
        const id = newId('note')
        db.change({ type: 'notice.raised', actor: 'system', data: { notice: id, key, kind } }, (proof) =>
          insert(proof, { id, key, kind, text, href, roles: JSON.stringify(roles), since: proof.at }),
        )
      })
    },
    end(key) {
      db.atomic(() => {
        const row = openByKey.get(key)
        if (!row) return
        const { id } = row
        db.change({ type: 'notice.ended', actor: 'system', data: { notice: id, key } }, (proof) => finish(proof, { id, at: proof.at }))
      })
    },
    open: () => open.all().map(noticeOf),
    seen(id, by) {
      db.atomic(() => {
        const { seenBy } = find(id)
        if (seenBy !== null) return
        db.change({ type: 'notice.seen', actor: by, data: { notice: id } }, (proof) => see(proof, { id, by, at: proof.at }))
      })
    },
    dismiss(id, by) {
      db.atomic(() => {
        const { key } = find(id)
        db.change({ type: 'notice.dismissed', actor: by, data: { notice: id, key } }, (proof) => hide(proof, { id, at: proof.at }))
      })
    },
  }
}

const noticeOf = (row: NoticeRow): Notice => ({ ...row, roles: JSON.parse(row.roles) as Role[] })
