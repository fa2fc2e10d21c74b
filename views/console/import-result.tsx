import type { VNode } from 'preact'
import type { Attempt, Cell } from '../../server/store/certificate-types.ts'
import type { Channel, ThresholdState } from '../../server/types.ts'
import { LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Notice } from './parts.tsx'
import { CHANNEL_WORDS } from './words.ts'

/** A cell of the matrix of thresholds that the judgements of an import count for. */
export interface ProvenCell {
  cell: Cell
  topicTitle: string
  state: ThresholdState
  /** At most this share of what is sent may be wrong, 0..1. */
  alpha: number
  /** Judged answers that count, those that the test is made with, and those that are missing. */
  have: number
  labels: number
  missing: number
  /** The last test; null before the first. */
  newest: Attempt | null
  /** What answers has changed since: these judgements count no more. */
  outdated: boolean
}

interface Props {
  cells: ProvenCell[]
  /** As whose the questions were answered. */
  channel: Channel
  tier: string
  mayCertify: boolean
}

/** What follows from the judgements: a certificate, or how many more it takes. */
export function ImportResult({ cells, channel, tier, mayCertify }: Props): VNode {
  const outdated = cells.some((c) => c.outdated)
  return (
    <Card title="What that proves">
      <div class="stack">
        {outdated && <Outdated />}
        {cells.some(({ cell }) => cell.channel === '*' || cell.tier === '*') && (
          <p class="quiet">
            These questions were answered as if asked in the channel {CHANNEL_WORDS[channel]} by customers of the tier {tier}. A threshold
            for every channel or tier holds for more than that: where others ask differently, give them a threshold of their own first.
          </p>
        )}
        {cells.map((proven) => (
          <section class="stack" aria-label={nameOf(proven)}>
            <div class="list-head">
              <h3>{nameOf(proven)}</h3>
              {mayCertify && (
                <LinkButton
                  small
                  look={proven.missing === 0 && proven.state !== 'certified' ? 'primary' : 'plain'}
                  icon="arrow"
                  href={cellHref(proven.cell)}
                >
                  {proven.missing === 0 && proven.state !== 'certified' ? 'To the certificate' : 'To the threshold'}
                </LinkButton>
              )}
            </div>
            {!proven.outdated && <Proven {...proven} />}
          </section>
        ))}
      </div>
    </Card>
  )
}

const nameOf = ({ cell, topicTitle }: ProvenCell): string =>
  [
    topicTitle,
    cell.channel === '*' ? 'every channel' : CHANNEL_WORDS[cell.channel],
    cell.tier === '*' ? 'every tier' : `tier ${cell.tier}`,
  ].join(' · ')

const cellHref = ({ form, topic, channel, tier }: Cell): string =>
  `/console/thresholds/cell?${new URLSearchParams({ form, topic, channel, tier })}#proof`

function Outdated(): VNode {
  return (
    <Notice kind="doubt">
      What makes the answers has changed since: the articles, the model, the checks or their weights. These judgements prove nothing about
      today’s answers. From the threshold they can be asked again: where an answer is still the same its judgement stays. Or take in other
      past questions; those that an article was mended for say little about the rest.
    </Notice>
  )
}

function Proven({ have, labels, missing, alpha, newest, state }: ProvenCell): VNode {
  const { result } = newest ?? {}
  return (
    <>
      {result && (
        <Notice kind="ok">
          Certified from {hundredths(result.threshold)} of 100 on: that sends {Math.round(result.share * 100)} of 100 answers, of which at
          most {hundredths(result.bound)} of 100 are wrong.{' '}
          {state === 'certified' ? 'It is in force.' : 'It holds once the threshold is set to it.'}
        </Notice>
      )}
      {newest && !result && (
        <Notice kind="doubt">
          Tested with {newest.rows} judged answers and not certified: too many were wrong to show that at most {hundredths(newest.alpha)} of
          100 are.
        </Notice>
      )}
      {state !== 'certified' && (
        <>
          <progress class="upload-progress" max={labels} value={Math.min(have, labels)} aria-label="Judged answers that count" />
          <p>
            {missing === 0 ? (
              <>
                <strong>Ready:</strong> the {labels} judged answers of the test are there. It shows from which confidence on at most{' '}
                {hundredths(alpha)} of 100 are wrong, if it can be shown.
              </>
            ) : (
              <>
                <strong class="numeric">{missing.toLocaleString('en-GB')}</strong> more judged {missing === 1 ? 'answer' : 'answers'} until
                it can be tested whether at most {hundredths(alpha)} of 100 are wrong ({have} of {labels} are there).
              </>
            )}
          </p>
        </>
      )}
    </>
  )
}

const hundredths = (share: number): string => (100 * share).toFixed(2).replace(/\.?0+$/, '')
