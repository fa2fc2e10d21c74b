import type { Connection } from '../connect.ts'
import { log } from './001-log.ts'
import { customers } from './002-customers.ts'
import { bodies } from './003-bodies.ts'
import { staff } from './004-staff.ts'
import { conversations } from './005-conversations.ts'
import { turns } from './006-turns.ts'
import { messages } from './007-messages.ts'
import { reviews } from './008-reviews.ts'
import { rules } from './009-rules.ts'
import { knowledge } from './010-knowledge.ts'
import { programs } from './011-programs.ts'
import { meta } from './012-meta.ts'
import { labels } from './013-labels.ts'
import { proposals } from './014-proposals.ts'
import { drafts } from './015-drafts.ts'
import { citations } from './016-citations.ts'
import { oneTimePasswords } from './017-one-time-passwords.ts'
import { certificates } from './018-certificates.ts'
import { calibrations } from './019-calibrations.ts'
import { signals } from './020-signals.ts'
import { imports } from './021-imports.ts'
import { incidents } from './022-incidents.ts'
import { noticesDismissed } from './023-notices-dismissed.ts'
import { reports } from './024-reports.ts'
import { alarms } from './025-alarms.ts'
import { corrections } from './026-corrections.ts'
import { outboxMessage } from './027-outbox-message.ts'
import { askedAgain } from './028-asked-again.ts'
import { places } from './029-places.ts'
import { drawn } from './030-drawn.ts'
import { givenUp } from './031-given-up.ts'

/** In this order, for ever: a migration that was released is never changed, only followed by another. */
const MIGRATIONS = [
  log,
  customers,
  bodies,
  staff,
  conversations,
  turns,
  messages,
  reviews,
  rules,
  knowledge,
  programs,
  meta,
  labels,
  proposals,
  drafts,
  citations,
  oneTimePasswords,
  certificates,
  calibrations,
  signals,
  imports,
  incidents,
  noticesDismissed,
  reports,
  alarms,
  corrections,
  outboxMessage,
  askedAgain,
  places,
  drawn,
  givenUp,
]

/** Brings the tables up to date, all or nothing. Errors: an Error when a newer Vouch has been here. */
export function migrate(connection: Connection): void {
  const version = (): number => connection.pragma('user_version', { simple: true }) as number
  if (version() > MIGRATIONS.length)
    throw new Error(`${connection.name} was made by a newer version of Vouch (format ${version()}, this one knows ${MIGRATIONS.length}).`)
  connection
    .transaction(() => {
      for (const sql of MIGRATIONS.slice(version())) connection.exec(sql)
      connection.pragma(`user_version = ${MIGRATIONS.length}`)
    })
    .immediate()
}
