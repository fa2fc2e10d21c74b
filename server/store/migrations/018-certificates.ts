/** `steps`, `result` and `fingerprint` are JSON; shares, confidences and probabilities in millionths. Plans: the newest of a cell holds. */
export const certificates = `
  CREATE TABLE plans (
    seq INTEGER PRIMARY KEY REFERENCES log (seq),
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    tier TEXT NOT NULL,
    form TEXT NOT NULL,
    alpha INTEGER NOT NULL,
    labels INTEGER NOT NULL,
    since INTEGER NOT NULL,
    set_by TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX plans_cell ON plans (topic, channel, tier, form, seq);

  CREATE TABLE attempts (
    id TEXT PRIMARY KEY,
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    tier TEXT NOT NULL,
    form TEXT NOT NULL,
    number INTEGER NOT NULL,
    alpha INTEGER NOT NULL,
    delta INTEGER NOT NULL,
    spent REAL NOT NULL,
    label_rows INTEGER NOT NULL,
    steps TEXT NOT NULL,
    result TEXT,
    fingerprint TEXT NOT NULL,
    rivals TEXT,
    since INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX attempts_cell ON attempts (topic, channel, tier, form, at);

  CREATE TABLE suspensions (
    id TEXT PRIMARY KEY,
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    tier TEXT NOT NULL,
    form TEXT NOT NULL,
    audits INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    since INTEGER NOT NULL,
    resumed_by TEXT,
    resumed_at INTEGER,
    reason TEXT
  ) STRICT;
  CREATE UNIQUE INDEX suspensions_open ON suspensions (topic, channel, tier, form) WHERE resumed_at IS NULL;
`
