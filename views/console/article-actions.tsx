import type { VNode } from 'preact'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'

/** What an editor can do with the draft that is shown: one click puts it in force. */
export function DraftActions({ article, revision, replaces }: { article: string; revision: string; replaces: boolean }): VNode {
  return (
    <>
      <form method="post" action="/console/knowledge/publish" class="under-text">
        <Which article={article} revision={revision} />
        <Button look="primary" icon="check">
          Put in force
        </Button>
        <Button type="button" look="quiet" data-open="discard">
          Discard draft
        </Button>
      </form>
      <Dialog
        id="discard"
        title="Discard this draft?"
        actions={
          <Button form="discard-form" look="danger">
            Discard draft
          </Button>
        }
      >
        <form id="discard-form" method="post" action="/console/knowledge/discard">
          <Which article={article} revision={revision} />
          <p>
            {replaces ? 'What is in force now stays in force.' : 'The article leaves the list.'} Its file, where you have it, stays yours.
          </p>
        </form>
      </Dialog>
    </>
  )
}

/** Retiring can't be taken back by a click (a new upload does), so it asks first. */
export function RetireAction({ article, revision, title }: { article: string; revision: string; title: string }): VNode {
  return (
    <>
      <div class="under-text">
        <Button type="button" data-open="retire">
          Retire this article
        </Button>
      </div>
      <Dialog
        id="retire"
        title={`Retire “${title}”?`}
        actions={
          <Button form="retire-form" look="danger">
            Retire it now
          </Button>
        }
      >
        <form id="retire-form" method="post" action="/console/knowledge/retire">
          <Which article={article} revision={revision} />
          <p>
            Nothing will be answered from it any more, beginning with answers that are being made now. It stays here to be read, and what
            customers were told stays in the record. To have it back, upload its file again.
          </p>
        </form>
      </Dialog>
    </>
  )
}

function Which({ article, revision }: { article: string; revision: string }): VNode {
  return (
    <>
      <input type="hidden" name="article" value={article} />
      <input type="hidden" name="revision" value={revision} />
    </>
  )
}
