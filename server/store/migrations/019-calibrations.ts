/** `models` is JSON; NULL: from here on the shipped weights hold again. */
export const calibrations = `
  CREATE TABLE calibrations (
    version INTEGER PRIMARY KEY,
    models TEXT,
    set_by TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
`
