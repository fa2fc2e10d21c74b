import type { Nodes, RootContent, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import type { ComponentChildren } from 'preact'

export interface Mark {
  start: number
  end: number
  claims: string[]
}

/** Markdown as it reads, with stretches of its source marked. Raw HTML shows as text, images as their description; links do not lead away. */
export function MarkedMarkdown({ source, marks, anchors }: { source: string; marks: Mark[]; anchors?: Set<string> }) {
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const show: Show = { source, marks, anchors: anchors ?? new Set() }
  return <div class="prose">{tree.children.map((node) => block(node, show))}</div>
}

interface Show {
  source: string
  marks: Mark[]
  /** Claims whose first mark gets an anchor (`evidence-ID`); emptied as they are set. */
  anchors: Set<string>
}

const children = (node: { children: Nodes[] }, show: Show): ComponentChildren =>
  node.children.map((child) => block(child as RootContent, show))

function block(node: RootContent, show: Show): ComponentChildren {
  switch (node.type) {
    case 'paragraph':
      return <p>{children(node, show)}</p>
    case 'heading':
      return <p class="prose-heading">{children(node, show)}</p>
    case 'list':
      return node.ordered ? <ol start={node.start ?? 1}>{children(node, show)}</ol> : <ul>{children(node, show)}</ul>
    case 'listItem':
      return <li>{children(node, show)}</li>
    case 'blockquote':
      return <blockquote>{children(node, show)}</blockquote>
    case 'table':
      return table(node, show)
    case 'strong':
      return <strong>{children(node, show)}</strong>
    case 'emphasis':
      return <em>{children(node, show)}</em>
    case 'delete':
      return <del>{children(node, show)}</del>
    case 'link':
      return children(node, show)
    case 'break':
      return <br />
    case 'thematicBreak':
      return <hr />
    case 'image':
      return node.alt ?? ''
    case 'inlineCode':
    case 'code':
    case 'html':
    case 'text':
      return text(node.value, node.position?.start.offset ?? 0, node.position?.end.offset ?? 0, show)
    default:
      return 'children' in node ? children(node, show) : null
  }
}

function table(node: Table, show: Show) {
  const [head, ...rows] = node.children
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label="Table">
      <table>
        <thead>
          <tr>
            {head?.children.map((cell) => (
              <th scope="col">{children(cell, show)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.children.map((cell) => (
                <td>{children(cell, show)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Where the source was escaped, its offsets no longer fit the words; then the whole piece is marked or left. */
function text(value: string, from: number, to: number, show: Show): ComponentChildren {
  const exact = show.source.slice(from, to) === value
  const parts: ComponentChildren[] = []
  let at = 0
  for (const mark of show.marks) {
    if (mark.end <= from || mark.start >= to) continue
    const start = exact ? Math.max(0, mark.start - from) : 0
    const end = exact ? Math.min(value.length, mark.end - from) : value.length
    if (start < at || end <= start) continue
    parts.push(value.slice(at, start), marked(value.slice(start, end), mark, show))
    at = end
  }
  parts.push(value.slice(at))
  return parts
}

function marked(words: string, mark: Mark, show: Show) {
  const first = mark.claims.filter((claim) => show.anchors.delete(claim))
  return (
    <mark data-claims={mark.claims.join(' ')} tabIndex={-1}>
      {first.map((claim) => (
        <span id={`evidence-${claim}`} class="anchor" />
      ))}
      {words}
    </mark>
  )
}
