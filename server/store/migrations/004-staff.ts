/** Sign-in attempts know names by a keyed hash only: people type passwords into the wrong field. */
export const staff = `
  CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    password_hash TEXT NOT NULL,
    roles TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE sign_ins (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    ok INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sign_ins_name ON sign_ins (name, at);

  CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    staff TEXT NOT NULL REFERENCES staff (id),
    at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sessions_staff ON sessions (staff);
`
