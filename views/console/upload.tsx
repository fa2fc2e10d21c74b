import type { VNode } from 'preact'
import type { IngestReport } from '../../kb/types.ts'
import { LinkButton } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Loading } from '../components/states.tsx'
import { articleHref } from './knowledge.tsx'
import { OpenAbout } from './open-incident.tsx'
import { LiveRegion, Notice, PageHead } from './parts.tsx'

export interface UploadProps {
  id: string
  files: string[]
  progress: { done: number; total: number; file: string }
  /** Null while it goes on. */
  report: IngestReport | null
  /** What is being put right about these articles. */
  incidents: { id: string; wrong: string }[]
  /** Why nothing at all could be taken in. */
  failure: string | null
}

export function UploadPage(props: UploadProps): VNode {
  return (
    <div class="narrow">
      <PageHead title="Upload" crumb={{ href: '/console/knowledge', label: 'Knowledge' }} />
      <LiveRegion id="upload" url={`/console/knowledge/uploads/${props.id}/live`}>
        <UploadState {...props} />
      </LiveRegion>
    </div>
  )
}

export function UploadState({ files, progress, report, incidents, failure }: UploadProps): VNode {
  if (failure !== null) return <Notice kind="bad">{failure} Nothing was changed.</Notice>
  if (!report)
    return (
      <Card>
        <Loading>
          Reading {progress.file || files[0]} ({Math.min(progress.done + 1, progress.total)} of {progress.total})
        </Loading>
        <progress class="upload-progress" max={progress.total} value={progress.done} aria-label="Files taken in" />
      </Card>
    )
  return <Results report={report} incidents={incidents} />
}

function Results({ report, incidents }: { report: IngestReport; incidents: UploadProps['incidents'] }): VNode {
  const good = report.added.length + report.changed.length
  return (
    <Card title="Done">
      <ul class="results">
        {report.failed.map((f) => (
          <li>
            <Notice kind="bad">
              <strong>{f.file}</strong> was not taken in. {f.reason}
            </Notice>
          </li>
        ))}
        {report.added.map((a) => (
          <Result article={a} words="New, in force from now on" />
        ))}
        {report.changed.map((a) => (
          <Result article={a} words="Replaced: a new revision is in force" />
        ))}
        {report.drafted.map((a) => (
          <Result article={a} words="Kept as a draft: nothing is answered from it until you put it in force" />
        ))}
        {report.unchanged.map((a) => (
          <Result article={a} words="The same as before: nothing changed" />
        ))}
      </ul>
      <OpenAbout incidents={incidents} />
      <div class="under-text">
        <LinkButton look="primary" href="/console/knowledge">
          To the articles
        </LinkButton>
        {good > 0 && (
          <LinkButton icon="search" href="/console/knowledge/search">
            Try a question
          </LinkButton>
        )}
      </div>
    </Card>
  )
}

function Result({ article, words }: { article: string; words: string }): VNode {
  return (
    <li>
      <a href={articleHref(article)}>{article}</a> <span class="quiet">{words}</span>
    </li>
  )
}
