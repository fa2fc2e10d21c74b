import type { VNode } from 'preact'
import type { Revision } from '../../kb/types.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Time } from '../components/time.tsx'
import { ArticleBadge, articleHref, type ArticleState } from './knowledge.tsx'
import { MarkedMarkdown } from '../components/marked-markdown.tsx'
import { Hash, Notice, PageHead } from './parts.tsx'

export interface ArticleProps {
  revision: Revision
  state: ArticleState
  /** The one that the article has now (or had last). */
  newest: string
  history: { revision: string; at: number; byName: string; fromSeq: number; untilSeq: number | null }[]
  mayRetire: boolean
  now: number
}

export function Article({ revision, state, newest, history, mayRetire, now }: ArticleProps): VNode {
  return (
    <>
      <PageHead
        title={revision.title}
        crumb={{ href: '/console/knowledge', label: 'Knowledge' }}
        facts={[
          revision.id === newest ? <ArticleBadge state={state} /> : <Badge>Earlier revision</Badge>,
          revision.topic && `topic ${revision.topic}`,
          revision.tier === 'all' ? 'for everybody' : `for ${revision.tier} customers`,
          `owner ${revision.owner ?? 'nobody'}`,
          revision.review ? `look at it by ${revision.review}` : 'no review date',
          <code>{revision.article}</code>,
        ]}
      >
        {revision.id !== newest && (
          <Notice kind="info">
            You are reading an earlier revision. <a href={articleHref(revision.article)}>Show the newest</a>
          </Notice>
        )}
        {revision.id === newest && state === 'expired' && (
          <Notice kind="doubt">Somebody should have looked at this article again by {revision.review}. Answers still come from it.</Notice>
        )}
      </PageHead>
      <div class="panes">
        <section class="pane" aria-label="Text of the article">
          <Card class="article-text">
            <MarkedMarkdown source={revision.text} marks={[]} />
          </Card>
        </section>
        <section class="pane pane-side" aria-labelledby="revisions">
          <h2 id="revisions">Revisions</h2>
          <ol class="revisions">
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
          {mayRetire && (
            <details class="retire">
              <summary>Retire this article</summary>
              <form method="post" action="/console/knowledge/retire">
                <input type="hidden" name="article" value={revision.article} />
                <p>
                  Nothing will be answered from it any more. It stays here to be read, and what customers were told stays in the record.
                </p>
                <Button type="submit">Retire it now</Button>
              </form>
            </details>
          )}
        </section>
      </div>
    </>
  )
}
