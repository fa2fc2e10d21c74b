import type { VNode } from 'preact'
import { Card } from '../components/card.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table } from '../components/table.tsx'
import { PageHead } from './parts.tsx'

interface Agreement {
  pairs: number
  agreed: number
  kappa: number | null
  interval: [low: number, high: number] | null
}

export interface ReviewersProps {
  judges: {
    name: string
    you: boolean
    judged: number
    agreement: Agreement | null
    decoys: { shown: number; right: number }
    seconds: number | null
  }[]
  /** Agreement of all, for admins. */
  everybody: Agreement | null
  /** False: only one's own figures are shown. */
  all: boolean
}

/** Figures to talk about, by name in the order of the alphabet: who is best is not a question that they answer. */
export function Reviewers({ judges, everybody, all }: ReviewersProps): VNode {
  return (
    <div class="stack">
      <PageHead title="Those who judge" crumb={{ href: '/console/judging', label: 'Judging' }}>
        <p class="lede">
          A proof is worth as much as the judgements that it rests on. These figures are for talking about what counts as right, not for
          comparing people: whoever gets the harder questions agrees less often.{!all && ' You see your own.'}
        </p>
      </PageHead>
      {everybody && (
        <Card title="Do people mean the same by right and wrong?">
          <p>{agreementWords(everybody)}</p>
          <p class="quiet">{kappaWords(everybody)}</p>
        </Card>
      )}
      <Table
        caption="Those who judge, by name"
        columns={[
          {
            head: 'Name',
            main: true,
            cell: (j) => (
              <>
                {j.name}
                {j.you && <span class="quiet"> (you)</span>}
              </>
            ),
          },
          { head: 'Judged', numeric: true, cell: (j) => j.judged.toLocaleString('en-GB') },
          {
            head: 'Agrees with colleagues',
            cell: (j) =>
              j.agreement ? (
                <span>
                  {agreementWords(j.agreement)} <span class="quiet">{kappaWords(j.agreement)}</span>
                </span>
              ) : (
                <span class="quiet">no answer judged by two yet</span>
              ),
          },
          {
            head: 'Known answers',
            cell: (j) =>
              j.decoys.shown === 0 ? (
                <span class="quiet">none shown yet</span>
              ) : (
                <span>
                  {j.decoys.right} of {j.decoys.shown} right {few(j.decoys.shown, 10)}
                </span>
              ),
          },
          {
            head: 'Usual time',
            numeric: true,
            cell: (j) => (j.seconds === null ? <span class="quiet">not measured</span> : secondsWords(j.seconds)),
          },
        ]}
        rows={judges}
        empty={
          <EmptyState title="Nobody has judged anything yet">
            Once answers are judged <a href="/console/judging">under Judging</a>, everybody finds their own figures here.
          </EmptyState>
        }
      />
      <Card title="What these figures are">
        <dl class="explained">
          <dt>Agrees with colleagues</dt>
          <dd>
            On answers that two people judged without seeing each other’s judgement. “Beyond chance” is Cohen’s kappa: 0 when they agree as
            often as two who say right and wrong by lot, 100 when always; behind it, where it lies with a certainty of 95 in 100.
          </dd>
          <dt>Known answers</dt>
          <dd>
            About one in twenty is an answer whose verdict is known: two colleagues agreed on it, or it is the answer to another question.
            It counts for nothing else.
          </dd>
          <dt>Usual time</dt>
          <dd>Half of the answers took less, half more, while they were in sight.</dd>
        </dl>
      </Card>
    </div>
  )
}

const agreementWords = ({ pairs, agreed }: Agreement): string => `${Math.round(agreed * pairs)} of ${pairs} the same`

function kappaWords({ pairs, kappa, interval }: Agreement): string {
  if (pairs < FEW) return 'Too few to say more.'
  if (kappa === null || interval === null) return 'All said the same of everything, so nothing can be said about chance.'
  const [low, high] = interval.map(hundredths)
  return `Beyond chance: ${hundredths(kappa)} of 100 (${low} to ${high}).`
}

const hundredths = (share: number): string => String(Math.round(share * 100)).replace('-', '−')

/** Fewer pairs than that make an interval that looks better than it is. */
const FEW = 30

const few = (n: number, enough: number): VNode | null => (n < enough ? <span class="quiet">(too few to say much)</span> : null)

const secondsWords = (seconds: number): string => (seconds < 1 ? 'under 1 s' : `${Math.round(seconds)} s`)
