/** Append-only: a changed or deleted row aborts, and a new one has to follow the last. */
export const log = `
  CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    actor TEXT NOT NULL,
    conversation TEXT,
    turn TEXT,
    data TEXT NOT NULL,
    body TEXT,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX log_turn ON log (turn, seq) WHERE turn IS NOT NULL;

  CREATE TRIGGER log_no_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log cannot be changed'); END;
  CREATE TRIGGER log_no_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log cannot be changed'); END;
  CREATE TRIGGER log_follows BEFORE INSERT ON log
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM log)
    OR NEW.prev IS NOT coalesce((SELECT hash FROM log WHERE seq = NEW.seq - 1), '${'0'.repeat(64)}')
  BEGIN SELECT RAISE(ABORT, 'an entry has to follow the last one'); END;

  CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), token TEXT NOT NULL) STRICT;
`
