/** Revisions never change; `in_force` says from and until which position of the log each was. */
export const knowledge = `
  CREATE TABLE revisions (
    id TEXT PRIMARY KEY,
    article TEXT NOT NULL,
    title TEXT NOT NULL,
    topic TEXT,
    owner TEXT,
    review TEXT,
    tier TEXT NOT NULL,
    text TEXT NOT NULL,
    format TEXT NOT NULL,
    words INTEGER NOT NULL
  ) STRICT;
  CREATE TRIGGER revisions_no_update BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'a revision cannot be changed'); END;
  CREATE TRIGGER revisions_no_delete BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'a revision cannot be deleted'); END;

  CREATE TABLE in_force (
    revision TEXT NOT NULL REFERENCES revisions (id),
    article TEXT NOT NULL,
    from_seq INTEGER NOT NULL REFERENCES log (seq),
    until_seq INTEGER REFERENCES log (seq),
    PRIMARY KEY (article, from_seq)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX in_force_now ON in_force (article) WHERE until_seq IS NULL;
  CREATE INDEX in_force_revision ON in_force (revision) WHERE until_seq IS NULL;
`
