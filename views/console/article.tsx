import type { VNode } from 'preact'
import type { Revision } from '../../kb/types.ts'
import { Badge } from '../components/badge.tsx'
import { Card } from '../components/card.tsx'
import { MarkedMarkdown } from '../components/marked-markdown.tsx'
import { dayWords, Time } from '../components/time.tsx'
import { DraftActions, RetireAction } from './article-actions.tsx'
import { ArticleBadge, articleHref, type ArticleState } from './knowledge.tsx'
import { OpenAbout, OpenIncident } from './open-incident.tsx'
import { Hash, Notice, PageHead } from './parts.tsx'

export interface ArticleProps {
  /** The one that is shown. */
  revision: Revision
  /** Title of its topic. */
  topic: string | null
  state: ArticleState
  /** The one that the article has now (or had last); its draft where it has nothing else. */
  newest: string
  /** The revision that waits to be put in force. */
  draft: string | null
  history: { revision: string; at: number; byName: string; fromSeq: number; untilSeq: number | null }[]
  /** What is being put right about it. */
  incidents: { id: string; wrong: string }[]
  /** Whether the reader may put in force, discard and retire. */
  mayChange: boolean
  /** Whether the reader may open incidents. */
  mayRepair: boolean
  /** Whether the firm lets answers from articles past their date go out by themselves. */
  sendsExpired: boolean
  said: VNode | null
  now: number
}

export function Article(props: ArticleProps): VNode {
  const { revision, topic, newest, draft, history, mayChange, mayRepair, said, state, now } = props
  const isDraft = revision.id === draft
  return (
    <>
      <PageHead
        title={revision.title}
        crumb={{ href: '/console/knowledge', label: 'Knowledge' }}
        facts={[
          isDraft ? (
            <ArticleBadge state="draft" />
          ) : revision.id === newest ? (
            <ArticleBadge state={state} />
          ) : (
            <Badge>Earlier revision</Badge>
          ),
          topic && `about ${topic}`,
          revision.tier === 'all' ? 'for everybody' : `for ${revision.tier} customers`,
          `owner ${revision.owner ?? 'nobody'}`,
          revision.review ? `look at it by ${dayWords(revision.review)}` : 'no review date',
          <code>{revision.article}</code>,
        ]}
      >
        {said}
        <Standing {...props} />
        <OpenAbout incidents={props.incidents} />
      </PageHead>
      <div class="panes">
        <section class="pane" aria-label="Text of the article">
          <Card class="article-text">
            <MarkedMarkdown source={revision.text} marks={[]} />
          </Card>
        </section>
        <section class="pane pane-side stack" aria-labelledby="revisions">
          {mayChange && isDraft && <DraftActions article={revision.article} revision={revision.id} replaces={newest !== draft} />}
          <h2 id="revisions">Revisions</h2>
          <ol class="revisions">
            {draft !== null && (
              <li class={isDraft ? 'revision-current' : undefined}>
                <a href={articleHref(revision.article, draft)} aria-current={isDraft ? 'true' : undefined}>
                  <Hash value={draft} />
                </a>
                <span>draft, not in force</span>
              </li>
            )}
            {history.map((h) => (
              <li class={h.revision === revision.id ? 'revision-current' : undefined}>
                <a href={articleHref(revision.article, h.revision)} aria-current={h.revision === revision.id ? 'true' : undefined}>
                  <Hash value={h.revision} />
                </a>
                <span>
                  <Time at={h.at} now={now} /> by {h.byName}
                </span>
                <span class="quiet">
                  {h.untilSeq === null
                    ? `in force since entry ${h.fromSeq} of the log`
                    : `in force from entry ${h.fromSeq} to ${h.untilSeq}`}
                </span>
              </li>
            ))}
          </ol>
          {mayRepair && !isDraft && (
            <OpenIncident from="article" id={revision.article}>
              Something in it is wrong
            </OpenIncident>
          )}
          {mayChange && !isDraft && (state === 'in-force' || state === 'expired') && (
            <RetireAction article={revision.article} revision={newest} title={revision.title} />
          )}
        </section>
      </div>
    </>
  )
}

/** Where this revision stands, where that is not simply in force. */
function Standing({ revision, newest, draft, state, sendsExpired }: ArticleProps): VNode | null {
  if (revision.id === draft)
    return (
      <Notice kind="info">
        This is a draft: nothing is answered from it.{' '}
        {newest !== draft && <a href={articleHref(revision.article, newest)}>Show what is there now</a>}
      </Notice>
    )
  if (revision.id !== newest)
    return (
      <Notice kind="info">
        You are reading an earlier revision. <a href={articleHref(revision.article)}>Show the newest</a>
      </Notice>
    )
  return (
    <>
      {state === 'expired' && (
        <Notice kind="doubt">
          Somebody should have looked at this article again by {dayWords(revision.review ?? '')}.{' '}
          {sendsExpired
            ? 'Answers from it still go out by themselves, as the settings say.'
            : 'Until it is renewed, a person looks at every answer from it before it goes out.'}
        </Notice>
      )}
      {draft !== null && (
        <Notice kind="info">
          A draft waits to be put in force. <a href={articleHref(revision.article, draft)}>Read the draft</a>
        </Notice>
      )}
    </>
  )
}
