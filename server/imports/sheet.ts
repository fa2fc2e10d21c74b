/** A file of past questions as rows, before anybody said which column holds the question. */
export interface Sheet {
  kind: SheetKind
  /** In the order of the file. */
  columns: string[]
  rows: Row[]
  /** Lines that could not be read, and messages that are no questions. */
  problems: Problem[]
}

export type SheetKind = 'csv' | 'jsonl' | 'mailbox'

export interface Row {
  /** Where it begins in the file, from 1. */
  line: number
  cells: Record<string, string>
  /** Rows of one thread are one conversation: only the first of them counts. */
  thread?: string
  /** E-mail address that it came from, in lower case. */
  from?: string
  /** Addresses that it was sent to. */
  to?: string[]
}

export interface Problem {
  line: number
  /** In words, ends with a full stop. */
  why: string
}
