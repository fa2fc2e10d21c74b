/** `subject`: keyed hash of the name that a firm's own program knows the customer by; `subject_sealed`: that name under the customer's key. */
export const customers = `
  CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    tier TEXT NOT NULL,
    subject TEXT,
    subject_sealed BLOB,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX customers_subject ON customers (subject, tier) WHERE subject IS NOT NULL;
`
