/** Answers that somebody said are wrong. `body`: their words; `note`: what staff said when they decided. `start` and `end` mark the sentence. */
export const reports = `
  CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    message TEXT NOT NULL REFERENCES messages (id),
    conversation TEXT NOT NULL REFERENCES conversations (id),
    turn TEXT REFERENCES turns (id),
    by TEXT NOT NULL,
    kind TEXT,
    start INTEGER,
    "end" INTEGER,
    body TEXT REFERENCES bodies (id) ON DELETE SET NULL,
    state TEXT NOT NULL DEFAULT 'open',
    at INTEGER NOT NULL,
    reply TEXT REFERENCES messages (id),
    note TEXT REFERENCES bodies (id) ON DELETE SET NULL,
    decided_by TEXT,
    decided_at INTEGER
  ) STRICT;
  CREATE INDEX reports_at ON reports (at);
  CREATE INDEX reports_open ON reports (at) WHERE state = 'open';
  CREATE INDEX reports_message ON reports (message);
  CREATE INDEX reports_conversation ON reports (conversation, at);
  CREATE INDEX reports_body ON reports (body);
  CREATE INDEX reports_note ON reports (note);
`
