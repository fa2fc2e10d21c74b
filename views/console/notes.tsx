import type { VNode } from 'preact'
import type { Note } from '../../server/store/care-types.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Lines } from '../components/text.tsx'
import { Time } from '../components/time.tsx'

const KINDS: Record<Note['kind'], string> = { whisper: 'about the answer', 'hand-back': 'on handing back' }

/** What colleagues said to each other. Customers never see it. */
export function Notes({ notes, now }: { notes: Note[]; now: number }): VNode | null {
  if (notes.length === 0) return null
  return (
    <section class="notes" aria-label="Notes among colleagues">
      <h2>Notes among colleagues</h2>
      <ul>
        {notes.map((note) => (
          <li key={note.id} class="note">
            <p class="said-by">
              <strong>{note.by}</strong> {KINDS[note.kind]} <Time at={note.at} now={now} />
            </p>
            <p>
              <Lines text={note.text} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A word about the answer that is being made, or held. */
export function WhisperForm({ conversation, text, problem }: { conversation: string; text: string; problem: string | null }): VNode {
  return (
    <form
      id="whisper"
      class="whisper"
      method="post"
      action={`/console/conversations/${conversation}/whisper`}
      data-ctrl-enter
      {...{ 'hx-morph-skip': '' }}
    >
      <Field
        id="note"
        label="Whisper to the answer"
        hint="An answer that is being made is then held for you, with your words beside it. Customers never see them."
        error={problem}
      >
        <textarea rows={2} maxLength={1000} required data-key="w">
          {text}
        </textarea>
      </Field>
      <Button keys="Ctrl ↵">Hold it for me</Button>
    </form>
  )
}

/** On a review: what colleagues said of this answer, and the draft written again with it as guidance. */
export function Guidance(props: { address: string; query: string; notes: Note[]; canWrite: boolean; now: number }): VNode | null {
  const { address, query, notes, canWrite, now } = props
  if (notes.length === 0 && !canWrite) return null
  return (
    <>
      <Notes notes={notes} now={now} />
      {canWrite && (
        <form class="whisper" method="post" action={`${address}/rewrite${query}`} data-ctrl-enter>
          <Field
            id="guidance"
            label="Have it written again"
            hint="Say what to heed. The draft is written again from the same articles and checked; you see it before anything is sent."
          >
            <textarea rows={2} maxLength={1000} required data-key="w">
              {notes.at(-1)?.text ?? ''}
            </textarea>
          </Field>
          <Button keys="Ctrl ↵">Write it again</Button>
        </form>
      )}
    </>
  )
}
