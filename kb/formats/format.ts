import type { IngestFailure } from '../types.ts'

/** A file format: how its bytes become Markdown. Runs in a child process; may throw FormatError, or anything for bytes it can't make sense of. */
export interface Format {
  name: string
  /** Lower case, with the dot. */
  extensions: string[]
  read(bytes: Uint8Array): Promise<Contents> | Contents
}

export interface Contents {
  documents: RawDocument[]
  /** Parts of the file that could not be read, if the rest could. */
  failures?: { where: string; kind: IngestFailure['kind']; reason: string }[]
}

export interface RawDocument {
  /** Only where one file holds many articles. */
  id?: string
  /** Markdown. */
  text: string
  /** What the document says about itself, unchecked. */
  meta: Record<string, unknown>
}

/** Why a file can't be taken in, in words for an editor. */
export class FormatError extends Error {
  override readonly name = 'FormatError'
  readonly kind: IngestFailure['kind']

  constructor(kind: IngestFailure['kind'], reason: string) {
    super(reason)
    this.kind = kind
  }
}
