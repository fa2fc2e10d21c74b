import type { Message } from '../../server/conversation-types.ts'
import { Badge } from '../components/badge.tsx'
import { Lines } from '../components/text.tsx'
import { Time } from '../components/time.tsx'
import { OpenIncident } from './open-incident.tsx'
import { VERDICT_WORDS } from './words.ts'

/** A conversation as staff read it. `current` is the turn in question. */
export function Thread({
  messages,
  now,
  current,
  turns,
  reports,
}: {
  messages: Message[]
  now: number
  current?: string
  turns?: boolean
  reports?: boolean
}) {
  return (
    <ol class="thread">
      {messages.map((m) => (
        <li key={m.id} id={`message-${m.id}`} class={`said said-${m.author}${m.turn && m.turn === current ? ' said-current' : ''}`}>
          <p class="said-by">
            <strong>{m.author === 'customer' ? 'Customer' : m.author === 'vouch' ? 'Vouch' : (m.by ?? 'A colleague')}</strong>
            {m.kind === 'notice' && <span class="quiet"> notice</span>}
            {m.verdict && m.kind === 'answer' && <span class="quiet"> {VERDICT_WORDS[m.verdict].name.toLowerCase()}</span>}{' '}
            <Time at={m.at} now={now} />
            {m.feedback && (
              <Badge tone={m.feedback === 'up' ? 'ok' : 'doubt'} icon={m.feedback}>
                {m.feedback === 'up' ? 'helpful' : 'not helpful'}
              </Badge>
            )}
            {turns && m.turn && m.author === 'customer' && (
              <a class="said-turn" href={`/console/audit/turns/${m.turn}`}>
                how it was answered
              </a>
            )}
            {reports && m.kind === 'answer' && m.author !== 'customer' && (
              <a class="said-turn" href={`/console/reports/new?message=${m.id}`}>
                report a mistake
              </a>
            )}
          </p>
          {(m.correctedBy || m.corrects) && (
            <p class="quiet">
              {m.correctedBy ? (
                <>
                  Found wrong, <a href={`#message-${m.correctedBy}`}>put right here</a>
                </>
              ) : (
                <>
                  Puts right <a href={`#message-${m.corrects?.[0]}`}>what was said before</a>
                </>
              )}
            </p>
          )}
          <p class={m.correctedBy ? 'said-text said-wrong' : 'said-text'}>
            <Lines text={m.text} />
          </p>
          {m.kind === 'answer' && <OpenIncident from="answer" id={m.id} />}
        </li>
      ))}
    </ol>
  )
}
