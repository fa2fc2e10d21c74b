import type { VNode } from 'preact'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Field } from '../components/field.tsx'
import { MISTAKES } from './words.ts'

/** Rejecting asks what is wrong: the reason teaches, and stands in the record. */
export function RejectDialog({ address, query }: { address: string; query: string }): VNode {
  return (
    <Dialog
      id="reject"
      title="Reject this answer"
      actions={
        <Button form="reject-form" look="primary">
          Reject
        </Button>
      }
    >
      <form id="reject-form" method="post" action={`${address}/decision${query}`} class="stack">
        <p>Nothing of it is sent. The customer is told that a colleague will answer here, and the conversation waits for one of you.</p>
        <input type="hidden" name="outcome" value="rejected" />
        <fieldset class="choices">
          <legend>What is wrong with it?</legend>
          {MISTAKES.map(({ id, name }) => (
            <label class="choice">
              <input type="radio" name="mistake" value={id} required /> {name}
            </label>
          ))}
        </fieldset>
        <Field id="reason" label="In a few words, for the record">
          <textarea rows={3} maxLength={1000} required />
        </Field>
      </form>
    </Dialog>
  )
}
