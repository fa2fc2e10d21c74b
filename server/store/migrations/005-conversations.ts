/** `messages` and `last_body` keep the list of conversations cheap. */
export const conversations = `
  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customers (id),
    channel TEXT NOT NULL,
    tier TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'machine',
    assignee TEXT REFERENCES staff (id),
    started_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    messages INTEGER NOT NULL DEFAULT 0,
    last_body TEXT REFERENCES bodies (id) ON DELETE SET NULL
  ) STRICT;
  CREATE INDEX conversations_last ON conversations (last_at);
  CREATE INDEX conversations_state ON conversations (state, last_at);
  CREATE INDEX conversations_channel ON conversations (channel, last_at);
  CREATE INDEX conversations_customer ON conversations (customer, channel, last_at);
  CREATE INDEX conversations_body ON conversations (last_body);
`
