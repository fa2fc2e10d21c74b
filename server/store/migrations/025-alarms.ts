/** Alarms of the watch over patterns: `before` and `after` in millionths, `examples` a list of turn ids. No personal text. */
export const alarms = `
  CREATE TABLE alarms (
    id TEXT PRIMARY KEY,
    metric TEXT NOT NULL,
    topic TEXT,
    channel TEXT,
    tier TEXT,
    article TEXT,
    state TEXT NOT NULL DEFAULT 'open',
    at INTEGER NOT NULL,
    since INTEGER NOT NULL,
    before INTEGER NOT NULL,
    after INTEGER NOT NULL,
    examples TEXT NOT NULL,
    also TEXT NOT NULL,
    outcome TEXT,
    reason TEXT,
    closed_by TEXT,
    closed_at INTEGER
  ) STRICT;
  CREATE INDEX alarms_at ON alarms (at);
  CREATE INDEX alarms_open ON alarms (at) WHERE state = 'open';
`
