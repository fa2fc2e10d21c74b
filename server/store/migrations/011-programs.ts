/** API keys by the hash of their token; idempotency keys by the hash of theirs, with the turn or (while a person answers) the message that was made. */
export const programs = `
  CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    tier TEXT NOT NULL,
    channel TEXT NOT NULL,
    at INTEGER NOT NULL,
    revoked_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX api_keys_token ON api_keys (token_hash) WHERE revoked_at IS NULL;

  CREATE TABLE idempotency (
    key TEXT NOT NULL,
    owner TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    made TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (key, owner)
  ) STRICT;
  CREATE INDEX idempotency_at ON idempotency (at);
`
