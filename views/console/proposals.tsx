import type { VNode } from 'preact'
import type { Proposal, ProposalState } from '../../server/store/proposal-types.ts'
import { Badge, type Tone } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import type { IconName } from '../components/icon.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table } from '../components/table.tsx'
import { Tabs } from '../components/tabs.tsx'
import { Time } from '../components/time.tsx'
import { incidentHref } from './incident-words.ts'
import { Notice, PageHead } from './parts.tsx'
import { ReliabilityChart, type ReliabilityBin } from './reliability-chart.tsx'
import { Changes } from './review-edit.tsx'

export interface ProposalView {
  proposal: Proposal
  by: string
  decidedBy: string | null
  /** Made by who looks at it. */
  mine: boolean
  /** Null: who looks at it may decide about it; else why not. */
  whyNot: string | null
}

export function ProposalsPage(props: { state: 'open' | 'decided'; proposals: ProposalView[]; said: VNode | null; now: number }): VNode {
  const { state, proposals, said, now } = props
  return (
    <>
      <PageHead title="Proposals">
        <p class="lede">What changes how answers go out needs two people: one who proposes it, and another who approves it.</p>
        {said}
      </PageHead>
      <Tabs
        label="Which proposals"
        tabs={(['open', 'decided'] as const).map((s) => ({
          href: `/console/proposals?state=${s}`,
          label: s === 'open' ? 'Open' : 'Decided',
          current: s === state,
        }))}
      />
      <div data-rows>
        <Table
          caption={state === 'open' ? 'Open proposals' : 'Decided proposals'}
          rows={proposals}
          rowId={({ proposal }) => proposal.id}
          empty={
            <EmptyState title={state === 'open' ? 'Nothing waits for a second person' : 'Nothing has been decided yet'}>
              <p>Changes of a threshold, for one, are proposed on its own page and show up here.</p>
            </EmptyState>
          }
          columns={[
            {
              head: 'What',
              main: true,
              cell: ({ proposal }) => (
                <a href={`/console/proposals/${proposal.id}`} data-row>
                  {proposal.title}
                </a>
              ),
            },
            { head: 'By', cell: ({ by, mine }) => (mine ? 'you' : by) },
            { head: 'When', cell: ({ proposal }) => <Time at={proposal.at} now={now} /> },
            { head: 'State', cell: ({ proposal, whyNot }) => <StateBadge state={proposal.state} forYou={whyNot === null} /> },
          ]}
        />
      </div>
    </>
  )
}

const STATE: Record<ProposalState, [Tone, IconName, string]> = {
  open: ['doubt', 'clock', 'Open'],
  approved: ['ok', 'check-circle', 'Approved'],
  rejected: ['bad', 'cross', 'Rejected'],
  withdrawn: ['neutral', 'bar', 'Withdrawn'],
}

function StateBadge({ state, forYou }: { state: ProposalState; forYou: boolean }): VNode {
  const [tone, icon, word] = STATE[state]
  return (
    <Badge tone={tone} icon={icon}>
      {state === 'open' && forYou ? 'Open, you can decide' : word}
    </Badge>
  )
}

export function ProposalPage(
  props: ProposalView & { incident: string | null; problem: string | null; said: VNode | null; now: number },
): VNode {
  const { proposal, by, decidedBy, mine, incident, problem, said, now } = props
  const { title, state, before, after, reason, at, decidedAt, note } = proposal
  const { pictures } = (proposal.payload ?? {}) as { pictures?: { before: ReliabilityBin[]; after: ReliabilityBin[] } }
  return (
    <div class="narrow">
      <PageHead
        title={title}
        crumb={{ href: '/console/proposals', label: 'Proposals' }}
        facts={[
          <StateBadge state={state} forYou={false} />,
          <>
            proposed by {mine ? 'you' : by} <Time at={at} now={now} />
          </>,
          decidedAt !== null && (
            <>
              {STATE[state][2].toLowerCase()} by {decidedBy} <Time at={decidedAt} now={now} />
            </>
          ),
          incident && <a href={incidentHref(incident)}>the incident</a>,
        ]}
      >
        {said}
        {problem && <Notice kind="bad">{problem}</Notice>}
        {note && (
          <Notice kind="info">
            {decidedBy} said: “{note}”
          </Notice>
        )}
      </PageHead>
      <Card title="The change">
        <div class="stack">
          <dl class="before-after">
            <div>
              <dt>{state === 'open' ? 'Now' : 'Before'}</dt>
              <dd>{before || 'nothing'}</dd>
            </div>
            <div>
              <dt>{state === 'open' ? 'Then' : 'After'}</dt>
              <dd>{after || 'nothing'}</dd>
            </div>
          </dl>
          {before && after && before !== after && (
            <details>
              <summary>What differs, word by word</summary>
              <Changes original={before} text={after} />
            </details>
          )}
          {pictures && (
            <div class="reliability">
              <ReliabilityChart bins={pictures.before} title="Now" />
              <ReliabilityChart bins={pictures.after} title="Then" />
            </div>
          )}
          <p>Why: “{reason}”</p>
        </div>
      </Card>
      {state === 'open' && <Decide {...props} />}
    </div>
  )
}

function Decide({ proposal, mine, whyNot }: ProposalView): VNode {
  const address = `/console/proposals/${proposal.id}`
  if (mine)
    return (
      <Card title="Yours">
        <form class="stack" method="post" action={address}>
          <p>Nobody approves their own proposal. It waits for a colleague.</p>
          <div class="under-text">
            <Button name="what" value="withdraw">
              Withdraw it
            </Button>
          </div>
        </form>
      </Card>
    )
  if (whyNot !== null) return <Notice kind="info">{whyNot}</Notice>
  return (
    <Card title="Your decision">
      <div class="stack">
        <form method="post" action={address}>
          <Button look="primary" icon="check" name="what" value="approve">
            Approve: it holds from now on
          </Button>
        </form>
        <details>
          <summary>Reject it</summary>
          <form class="stack" method="post" action={address}>
            <Field id="note" label="Why not" hint="Who proposed it reads this, and it stands in the record.">
              <textarea rows={2} maxLength={500} required />
            </Field>
            <div class="under-text">
              <Button name="what" value="reject">
                Reject
              </Button>
            </div>
          </form>
        </details>
      </div>
    </Card>
  )
}
