/** Personal text as ciphertext (nonce, ciphertext, tag), bound to its id. May be deleted when its time has come; the log keeps its hash. */
export const bodies = `
  CREATE TABLE bodies (
    id TEXT PRIMARY KEY,
    customer TEXT NOT NULL REFERENCES customers (id),
    sealed BLOB NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX bodies_customer ON bodies (customer);
  CREATE TRIGGER bodies_no_update BEFORE UPDATE ON bodies BEGIN SELECT RAISE(ABORT, 'a body cannot be changed'); END;
`
