/** `payload` and `roles` are JSON. A key has one notice at a time that has not ended. */
export const proposals = `
  CREATE TABLE proposals (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    payload TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reason TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    decided_by TEXT,
    decided_at INTEGER,
    note TEXT
  ) STRICT;
  CREATE INDEX proposals_at ON proposals (state, at);

  CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    href TEXT,
    roles TEXT NOT NULL,
    since INTEGER NOT NULL,
    seen_by TEXT,
    seen_at INTEGER,
    ended_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX notices_open ON notices (key) WHERE ended_at IS NULL;
`
