/** `head` is a body: the file's name and the questions' texts, by place. `trace` is a body. `known` and `said`: 1 right, 0 wrong, null can't tell. */
export const imports = `
  CREATE TABLE imports (
    id TEXT PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customers (id),
    form TEXT NOT NULL,
    channel TEXT NOT NULL,
    tier TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'answering',
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    ended_at INTEGER,
    head TEXT REFERENCES bodies (id) ON DELETE SET NULL
  ) STRICT;
  CREATE INDEX imports_head ON imports (head);

  CREATE TABLE imported (
    id TEXT PRIMARY KEY,
    import TEXT NOT NULL REFERENCES imports (id),
    place INTEGER NOT NULL,
    line INTEGER NOT NULL,
    judges INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued',
    why TEXT,
    trace TEXT REFERENCES bodies (id) ON DELETE SET NULL,
    UNIQUE (import, place)
  ) STRICT;
  CREATE INDEX imported_trace ON imported (trace);

  CREATE TABLE decoys (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    turn TEXT NOT NULL,
    known INTEGER NOT NULL,
    said INTEGER,
    judge TEXT NOT NULL,
    at INTEGER NOT NULL,
    seconds INTEGER
  ) STRICT;
`
