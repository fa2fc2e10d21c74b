/** Text that somebody else wrote, shown as it is: nothing in it is read as markup. */
import { Fragment } from 'preact'
import type { ComponentChildren, VNode } from 'preact'

/** Plain text: a blank line parts paragraphs, a single line break stays one. */
export function PlainText({ text, class: name }: { text: string; class?: string }): VNode {
  return (
    <div class={name ? `plain ${name}` : 'plain'}>
      {text
        .split(/\n[^\S\n]*\n\s*/)
        .filter((paragraph) => paragraph.trim() !== '')
        .map((paragraph, i) => (
          <p key={i}>
            <Lines text={paragraph.trim()} />
          </p>
        ))}
    </div>
  )
}

/** Line breaks as `<br>`. */
export function Lines({ text }: { text: string }): VNode {
  return (
    <>
      {text.split(/\r\n|\r|\n/).map((line, i) => (
        <Fragment key={i}>
          {i > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </>
  )
}

export interface Marked {
  start: number
  end: number
}

/** Marks half-open ranges of UTF-16 units in a text. Ranges may touch, overlap or reach beyond the text. */
export function Highlight({ text, spans }: { text: string; spans: Marked[] }): VNode {
  const pieces: ComponentChildren[] = []
  let at = 0
  for (const { start, end } of merged(spans, text.length)) {
    if (start > at) pieces.push(<Lines text={text.slice(at, start)} />)
    pieces.push(
      <mark>
        <Lines text={text.slice(start, end)} />
      </mark>,
    )
    at = end
  }
  if (at < text.length) pieces.push(<Lines text={text.slice(at)} />)
  return <>{pieces}</>
}

/** The ranges in order, without overlaps, within 0..length. */
export function merged(spans: Marked[], length: number): Marked[] {
  const sorted = spans
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(length, end) }))
    .filter(({ start, end }) => start < end)
    .toSorted((a, b) => a.start - b.start)
  const found: Marked[] = []
  for (const span of sorted) {
    const last = found.at(-1)
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else found.push(span)
  }
  return found
}
