/** A revision that waits to be put in force; beside the one in force, if there is one. */
export const drafts = `
  CREATE TABLE drafts (
    article TEXT PRIMARY KEY,
    revision TEXT NOT NULL REFERENCES revisions (id),
    seq INTEGER NOT NULL REFERENCES log (seq)
  ) STRICT, WITHOUT ROWID;
`
