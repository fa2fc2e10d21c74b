import type { Problem, Row, Sheet } from './sheet.ts'

/** One JSON object a line. What lies deeper is named by its path: `message.text`, `turns.0.content`. */
export function readJsonl(text: string): Sheet {
  const rows: Row[] = []
  const problems: Problem[] = []
  const columns = new Set<string>()
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const cells = cellsOf(line)
    if (typeof cells === 'string') problems.push({ line: i + 1, why: cells })
    else {
      for (const column of Object.keys(cells)) columns.add(column)
      rows.push({ line: i + 1, cells })
    }
  }
  return { kind: 'jsonl', columns: [...columns], rows, problems }
}

/** The cells, or why there are none. */
function cellsOf(line: string): Record<string, string> | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'This line is no JSON. Each line must hold one whole object.'
  }
  if (typeof value === 'string') return { text: value }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'This line is no object: {"question": "…"} is one.'
  const cells: Record<string, string> = {}
  collect(value, '', cells, 0)
  return cells
}

const DEEPEST = 4

function collect(value: object, path: string, cells: Record<string, string>, depth: number): void {
  for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
    const at = path ? `${path}.${name}` : name
    if (typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean') cells[at] = String(inner)
    else if (typeof inner === 'object' && inner !== null && depth < DEEPEST) collect(inner, at, cells, depth + 1)
  }
}
