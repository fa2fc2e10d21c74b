import type { VNode } from 'preact'
import type { PastImport } from '../../server/store/import-types.ts'
import type { Round } from '../../server/store/round-types.ts'
import { Button, LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { EmptyState } from '../components/states.tsx'
import { Table } from '../components/table.tsx'
import { Time } from '../components/time.tsx'
import { factsOf, ImportBadge, nameOf } from './import-state.tsx'
import { PageHead } from './parts.tsx'
import { RoundBadge } from './round.tsx'
import { FORM_WORDS } from './words.ts'

export interface JudgingHomeProps {
  left: number
  audits: number
  imports: PastImport[]
  /** Judged questions that were asked again after a change. */
  rounds: Round[]
  /** Null for those who may not take in past questions. */
  upload: { accept: string; maxMiB: number } | null
  said: VNode | null
  now: number
}

export function JudgingHome({ left, audits, imports, rounds, upload, said, now }: JudgingHomeProps): VNode {
  return (
    <>
      <PageHead
        title="Judging"
        actions={
          <LinkButton icon="person" href="/console/judging/reviewers">
            Those who judge
          </LinkButton>
        }
      >
        <p class="lede">
          People say of answers whether they are right. That is what a threshold’s proof rests on: of past questions before the first
          customer, and of a share, chosen by chance, of what customers were sent.
        </p>
        {said}
      </PageHead>
      <Card title="For you to judge">
        {left > 0 ? (
          <>
            <p>
              <strong class="numeric">{left.toLocaleString('en-GB')}</strong> {left === 1 ? 'answer' : 'answers'}
              {audits > 0 && `, ${audits.toLocaleString('en-GB')} of them chosen by chance from what customers were sent`}. One key each;
              some six seconds.
            </p>
            <div class="under-text">
              <LinkButton look="primary" icon="arrow" href="/console/judging/item">
                Judge answers
              </LinkButton>
            </div>
          </>
        ) : (
          <p class="quiet">
            Nothing is left for you to judge. What comes here: past questions that are taken in, and a share of what customers were sent.
          </p>
        )}
      </Card>
      {upload && <Upload {...upload} />}
      <section class="stack" aria-labelledby="past-title">
        <h2 id="past-title">Past questions</h2>
        <Table
          caption="Past questions that were taken in"
          columns={[
            { head: 'From', main: true, cell: (i) => <a href={`/console/judging/past/${i.id}`}>{nameOf(i)}</a> },
            { head: 'What', cell: (i) => factsOf(i).join(' · ') },
            { head: 'State', cell: (i) => <ImportBadge past={i} /> },
            { head: 'Answered', numeric: true, cell: (i) => `${i.counts.total - i.counts.queued} / ${i.counts.total}` },
            { head: 'Judged', numeric: true, cell: (i) => `${i.counts.judged} / ${i.counts.judgeable}` },
            { head: 'Since', cell: (i) => <Time at={i.at} now={now} /> },
          ]}
          rows={imports}
          rowId={(i) => `import-${i.id}`}
          empty={
            <EmptyState title="No past questions yet">
              Take in what customers asked before: answers are made, you judge them, and a threshold can be proven before the first customer
              comes.
            </EmptyState>
          }
        />
      </section>
      {rounds.length > 0 && <Rounds rounds={rounds} now={now} />}
    </>
  )
}

function Rounds({ rounds, now }: Pick<JudgingHomeProps, 'rounds' | 'now'>): VNode {
  return (
    <section class="stack" aria-labelledby="again-title">
      <h2 id="again-title">Asked again after a change</h2>
      <Table
        caption="Judged questions that were asked again"
        columns={[
          { head: 'What', main: true, cell: (r) => <a href={`/console/judging/again/${r.id}`}>{FORM_WORDS[r.form].name}</a> },
          { head: 'State', cell: (r) => <RoundBadge round={r} /> },
          { head: 'Answered', numeric: true, cell: (r) => `${r.counts.total - r.counts.queued} / ${r.counts.total}` },
          { head: 'Unchanged', numeric: true, cell: (r) => `${r.counts.same} / ${r.counts.answers}` },
          { head: 'Since', cell: (r) => <Time at={r.at} now={now} /> },
        ]}
        rows={rounds}
        rowId={(r) => `round-${r.id}`}
      />
    </section>
  )
}

function Upload({ accept, maxMiB }: { accept: string; maxMiB: number }): VNode {
  return (
    <Card class="upload">
      <form method="post" action="/console/judging/upload" encType="multipart/form-data" class="upload-form">
        <Field
          id="file"
          label="Past questions"
          hint={`A table (CSV) or JSON lines up to 20 MB, or a mailbox (.mbox, .eml) up to ${maxMiB} MB. You see what is in it before anything is kept.`}
        >
          <input type="file" required accept={accept} />
        </Field>
        <Button icon="plus">Look at it</Button>
      </form>
    </Card>
  )
}
