/** `reason`, `decision` and `edit` are bodies: why it was held, why it was decided so, and what the checks said of an edited text. */
export const reviews = `
  CREATE TABLE reviews (
    id TEXT PRIMARY KEY,
    turn TEXT NOT NULL UNIQUE REFERENCES turns (id),
    conversation TEXT NOT NULL REFERENCES conversations (id),
    state TEXT NOT NULL DEFAULT 'open',
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    tier TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    reason TEXT REFERENCES bodies (id) ON DELETE SET NULL,
    at INTEGER NOT NULL,
    due INTEGER NOT NULL,
    outcome TEXT,
    form TEXT,
    decided_by TEXT REFERENCES staff (id),
    decided_at INTEGER,
    decision TEXT REFERENCES bodies (id) ON DELETE SET NULL,
    edit TEXT REFERENCES bodies (id) ON DELETE SET NULL
  ) STRICT;
  CREATE INDEX reviews_open ON reviews (due) WHERE state = 'open';
  CREATE INDEX reviews_at ON reviews (at);
  CREATE INDEX reviews_reason ON reviews (reason);
  CREATE INDEX reviews_decision ON reviews (decision);
  CREATE INDEX reviews_edit ON reviews (edit);

  CREATE TABLE review_locks (
    review TEXT PRIMARY KEY REFERENCES reviews (id),
    staff TEXT NOT NULL REFERENCES staff (id),
    until INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE gaps (
    id TEXT PRIMARY KEY,
    turn TEXT NOT NULL REFERENCES turns (id),
    topic TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'open'
  ) STRICT;
  CREATE INDEX gaps_at ON gaps (at);
  CREATE INDEX gaps_open ON gaps (at) WHERE state = 'open';
`
