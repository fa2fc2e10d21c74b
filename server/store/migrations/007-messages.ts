/** `body`: text, sentences and citations; `feedback_body`: the reason given with a thumb. */
export const messages = `
  CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    seq INTEGER NOT NULL,
    author TEXT NOT NULL,
    kind TEXT NOT NULL,
    turn TEXT REFERENCES turns (id),
    body TEXT REFERENCES bodies (id) ON DELETE SET NULL,
    verdict TEXT,
    form TEXT,
    staff TEXT REFERENCES staff (id),
    at INTEGER NOT NULL,
    feedback TEXT,
    feedback_at INTEGER,
    feedback_body TEXT REFERENCES bodies (id) ON DELETE SET NULL,
    UNIQUE (conversation, seq)
  ) STRICT;
  CREATE INDEX messages_turn ON messages (turn) WHERE turn IS NOT NULL;
  CREATE INDEX messages_feedback ON messages (feedback_at) WHERE feedback IS NOT NULL;
  CREATE INDEX messages_body ON messages (body);
  CREATE INDEX messages_feedback_body ON messages (feedback_body);

  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    message TEXT NOT NULL REFERENCES messages (id),
    next_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    why TEXT,
    delivered_at INTEGER
  ) STRICT;
  CREATE INDEX outbox_due ON outbox (next_at, id) WHERE delivered_at IS NULL;
`
