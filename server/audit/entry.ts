/** One entry of the log: canonical JSON (RFC 8785), integers and strings only, chained by SHA-256. */
export interface LogEntry {
  seq: number
  /** ms since the epoch */
  at: number
  type: string
  actor: string
  conversation: string | null
  turn: string | null
  /** Whatever the type needs: hashes, revisions, verdicts, scores in millionths. No personal text. */
  data: Record<string, unknown>
  /** SHA-256 (hex) of the ciphertext of the body, if there is one. */
  body: string | null
  /** Hash of the entry before; 64 zeros for the first. */
  prev: string
  hash: string
}
