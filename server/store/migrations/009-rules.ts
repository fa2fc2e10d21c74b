/** Thresholds and scope, every version at the position of the log that set it. `value` in millionths; NULL: the cell was removed. */
export const rules = `
  CREATE TABLE thresholds (
    seq INTEGER PRIMARY KEY REFERENCES log (seq),
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    tier TEXT NOT NULL,
    form TEXT NOT NULL,
    value INTEGER,
    state TEXT NOT NULL,
    set_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX thresholds_cell ON thresholds (topic, channel, tier, form, seq);

  CREATE TABLE scope (
    seq INTEGER PRIMARY KEY REFERENCES log (seq),
    rules TEXT NOT NULL
  ) STRICT;
`
