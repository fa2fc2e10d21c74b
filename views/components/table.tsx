import type { ComponentChildren, VNode } from 'preact'

export interface Column<Row> {
  head: string
  cell: (row: Row) => ComponentChildren
  /** Right-aligned, tabular figures. */
  numeric?: boolean
  /** The cell that names the row: a row header, and the title of the card that the row becomes on a phone. */
  main?: boolean
}

interface TableProps<Row> {
  /** Said to screen readers; shown with `showCaption`. */
  caption: string
  showCaption?: boolean
  columns: Column<Row>[]
  rows: Row[]
  /** Stable id of a row in the document, e.g. `review-…`. */
  rowId?: (row: Row) => string
  rowClass?: (row: Row) => string | undefined
  /** Shown instead of the table when there are no rows. */
  empty?: ComponentChildren
}

/** Rows and columns; on a phone each row becomes a card with the heads as labels. Roles are written out since `display: block` would lose them. */
export function Table<Row>({ caption, showCaption, columns, rows, rowId, rowClass, empty }: TableProps<Row>): VNode {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>
  return (
    <div class="table-scroll">
      <table class="table" role="table">
        <caption class={showCaption ? undefined : 'sr-only'}>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.head} scope="col" role="columnheader" class={column.numeric ? 'numeric' : undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row, i) => (
            <tr key={rowId?.(row) ?? i} id={rowId?.(row)} role="row" class={rowClass?.(row)}>
              {columns.map((column) => cell(column, row))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function cell<Row>(column: Column<Row>, row: Row): VNode {
  if (column.main)
    return (
      <th key={column.head} scope="row" role="rowheader" class="main">
        {column.cell(row)}
      </th>
    )
  return (
    <td key={column.head} role="cell" data-label={column.head} class={column.numeric ? 'numeric' : undefined}>
      {column.cell(row)}
    </td>
  )
}
