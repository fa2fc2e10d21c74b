/**
 * A round asks the questions of past judgements again; `making` is JSON, `oldest` when the oldest answer to one of them was made. `root`: the turn,
 * or the past question, that a question comes from. `labels_of`: the answer that this one is the same as, whose judgements hold. `trace` is a body.
 */
export const askedAgain = `
  CREATE TABLE rounds (
    id TEXT PRIMARY KEY,
    form TEXT NOT NULL,
    making TEXT NOT NULL,
    oldest INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'answering',
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;

  CREATE TABLE asked_again (
    id TEXT PRIMARY KEY,
    round TEXT NOT NULL REFERENCES rounds (id),
    place INTEGER NOT NULL,
    root TEXT NOT NULL,
    judges INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued',
    why TEXT,
    trace TEXT REFERENCES bodies (id) ON DELETE SET NULL,
    labels_of TEXT,
    mended INTEGER NOT NULL DEFAULT 0,
    UNIQUE (round, place)
  ) STRICT;
  CREATE INDEX asked_again_root ON asked_again (root);
  CREATE INDEX asked_again_trace ON asked_again (trace);
`
