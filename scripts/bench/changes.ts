/** Alarms of the watch, and proposals of colleagues: some open, most decided. */
import type { Context } from '../../server/context.ts'
import { METRICS } from '../../server/monitor/series.ts'
import type { Actor, StaffMember } from '../../server/types.ts'

const ALARMS = 50
const PROPOSALS = 40
const DAY = 86_400_000

export function fillChanges({ store, proposals, clock, ports }: Context, staff: StaffMember[], random: () => number): void {
  if (store.alarms.list({ limit: 1 }).length > 0) return
  const topics = ports.scope().topics.map((t) => t.id)
  const articles = store.knowledge.articles().map((a) => a.article)
  const [first, second = first] = staff
  const turns = store.turns.list({ limit: 2000 }).map((t) => t.id)
  for (let i = 0; i < ALARMS; i++) {
    const at = clock() - Math.floor(random() * 60 * DAY)
    const article = i % 5 === 0 ? (articles[i % articles.length] ?? null) : null
    const topic = article || i % 7 === 0 ? null : (topics[i % topics.length] ?? null)
    const subject = { topic, channel: i % 3 === 0 ? 'portal' : null, tier: null, article }
    const metric = article ? 'trouble' : (METRICS[i % METRICS.length] ?? 'held')
    const examples = Array.from({ length: 10 }, () => turns[Math.floor(random() * turns.length)] ?? '')
    const also = [{ ...subject, metric: 'held', before: 0.1, after: 0.24 }]
    const { id } = store.alarms.raise({ ...subject, metric, at, since: at - 5 * DAY, before: 0.12, after: 0.31, examples, also })
    if (i >= 12) store.alarms.close(id, i % 2 ? 'normal' : 'mended', 'A fee changed on the first of the month.', actorOf(second))
  }
  if (!first || !second) return
  for (let i = 0; i < PROPOSALS; i++) {
    const [by, other] = i % 2 ? [first, second] : [second, first]
    const cell = { topic: topics[i % topics.length] ?? '*', channel: '*', tier: '*', form: i % 3 ? 'quoted' : 'written' }
    const made = proposals.propose(
      {
        kind: 'threshold',
        title: `Threshold: ${cell.topic}, Everywhere`,
        payload: {
          cell,
          value: 0.9 + (i % 9) / 100,
          was: store.thresholds.all().find((t) => t.topic === cell.topic && t.form === cell.form)?.value ?? null,
        },
        before: 'as the more general value says',
        after: `when at least ${90 + (i % 9)} of 100 such answers are right`,
        reason: 'The audits of last month were all right, and customers wait too long.',
      },
      by,
    )
    if (i < 15) continue
    if (i % 4 === 0) proposals.reject(made.id, 'Wait for the next certificate.', other)
    else proposals.approve(made.id, other)
  }
}

const actorOf = (who: StaffMember | undefined): Actor => (who ? `staff:${who.id}` : 'system')
