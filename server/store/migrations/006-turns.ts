/** `confidence` in millionths; `trace` is a body. */
export const turns = `
  CREATE TABLE turns (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    channel TEXT NOT NULL,
    tier TEXT NOT NULL,
    topic TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'running',
    verdict TEXT,
    form TEXT,
    confidence INTEGER,
    at INTEGER NOT NULL,
    took INTEGER,
    trace TEXT REFERENCES bodies (id) ON DELETE SET NULL
  ) STRICT;
  CREATE INDEX turns_at ON turns (at);
  CREATE INDEX turns_verdict ON turns (verdict, at);
  CREATE INDEX turns_topic ON turns (topic, at);
  CREATE INDEX turns_channel ON turns (channel, at);
  CREATE INDEX turns_state ON turns (state, at);
  CREATE INDEX turns_conversation ON turns (conversation, at);
  CREATE INDEX turns_trace ON turns (trace);
`
