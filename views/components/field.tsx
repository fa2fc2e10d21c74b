import { cloneElement } from 'preact'
import type { VNode } from 'preact'

interface FieldProps {
  /** Also the id of the control. */
  id: string
  label: string
  hint?: string
  /** What is wrong and what to do; the control is then marked invalid. */
  error?: string | null
  optional?: boolean
  /** One control: `<input>`, `<select>` or `<textarea>`. It gets id, name (unless it has one), and its descriptions. */
  children: VNode<Record<string, unknown>>
}

/** Label, hint, control and error, tied together for screen readers. */
export function Field({ id, label, hint, error, optional, children }: FieldProps): VNode {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const control = cloneElement(children, {
    id,
    name: children.props.name ?? id,
    ...(described && { 'aria-describedby': described }),
    ...(error && { 'aria-invalid': 'true' }),
  })
  return (
    <div class={error ? 'field field-invalid' : 'field'}>
      <label for={id}>
        {label}
        {optional && <span class="field-optional"> (optional)</span>}
      </label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {control}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}
