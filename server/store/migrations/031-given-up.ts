/**
 * A delivery that is not tried any more, and a letter whose checks are not through: both have to outlive the process. A letter is the firm's own
 * words to everybody, so it stands here as it does in `corrections`.
 */
export const givenUp = `
  ALTER TABLE outbox ADD COLUMN given_up_at INTEGER;
  DROP INDEX outbox_due;
  CREATE INDEX outbox_due ON outbox (next_at, id) WHERE delivered_at IS NULL AND given_up_at IS NULL;

  CREATE TABLE unchecked_letters (
    incident TEXT PRIMARY KEY REFERENCES incidents (id),
    wrong TEXT NOT NULL,
    right TEXT NOT NULL,
    why TEXT NOT NULL,
    to_do TEXT NOT NULL,
    text TEXT NOT NULL,
    written_by TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`
