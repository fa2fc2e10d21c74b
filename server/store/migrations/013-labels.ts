/**
 * `scored`: one row a form of an answer; probabilities and confidences in millionths, `signals` and `fingerprint` JSON. `audits`: those that
 * chance chose. `labels`: what people said. None holds personal text, so all outlive the bodies.
 */
export const labels = `
  CREATE TABLE scored (
    turn TEXT NOT NULL,
    form TEXT NOT NULL,
    conversation TEXT NOT NULL,
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    tier TEXT NOT NULL,
    source TEXT NOT NULL,
    at INTEGER NOT NULL,
    confidence INTEGER NOT NULL,
    signals TEXT NOT NULL,
    eligible INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    rival INTEGER,
    rival_from INTEGER,
    probability INTEGER NOT NULL,
    drawn INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (turn, form)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX scored_at ON scored (form, at);

  CREATE TABLE audits (
    id TEXT PRIMARY KEY,
    turn TEXT NOT NULL,
    form TEXT NOT NULL,
    judges INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    at INTEGER NOT NULL,
    done_at INTEGER,
    UNIQUE (turn, form)
  ) STRICT;
  CREATE INDEX audits_open ON audits (at) WHERE state = 'open';
  CREATE INDEX audits_done ON audits (done_at) WHERE state = 'done';

  CREATE TABLE labels (
    id TEXT PRIMARY KEY,
    turn TEXT NOT NULL,
    conversation TEXT NOT NULL,
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    tier TEXT NOT NULL,
    form TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    tone_only INTEGER NOT NULL,
    mistake TEXT,
    source TEXT NOT NULL,
    judge TEXT NOT NULL,
    at INTEGER NOT NULL,
    seconds INTEGER,
    probability INTEGER,
    second INTEGER NOT NULL,
    UNIQUE (turn, form, judge, source)
  ) STRICT;
  CREATE INDEX labels_at ON labels (at);
`
