/**
 * `source`, `spans`, `why`, `must_say`, `must_not_say` are JSON. Statements and questions stand here with personal data masked. A hit is one
 * answer, once an incident; `incident_steps` says which entries of the log belong to which incident.
 */
export const incidents = `
  CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL DEFAULT 'open',
    origin_from TEXT NOT NULL,
    origin_id TEXT NOT NULL,
    message TEXT REFERENCES messages (id),
    article TEXT,
    question TEXT NOT NULL,
    wrong TEXT NOT NULL,
    right TEXT NOT NULL,
    source TEXT,
    spans TEXT NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    topic TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    first_at INTEGER,
    contained_at INTEGER,
    corrected_at INTEGER,
    closed_at INTEGER,
    cause TEXT,
    change_kind TEXT,
    change_note TEXT,
    version INTEGER NOT NULL DEFAULT 1,
    changed_by TEXT NOT NULL,
    changed_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX incidents_opened ON incidents (opened_at);
  CREATE INDEX incidents_origin ON incidents (origin_from, origin_id);

  CREATE TABLE incident_steps (
    seq INTEGER PRIMARY KEY,
    incident TEXT NOT NULL REFERENCES incidents (id),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    type TEXT NOT NULL,
    note TEXT NOT NULL
  ) STRICT;
  CREATE INDEX incident_steps_incident ON incident_steps (incident, seq);

  CREATE TABLE incident_hits (
    incident TEXT NOT NULL REFERENCES incidents (id),
    message TEXT NOT NULL REFERENCES messages (id),
    conversation TEXT NOT NULL,
    customer TEXT NOT NULL,
    channel TEXT NOT NULL,
    turn TEXT,
    at INTEGER NOT NULL,
    via TEXT NOT NULL,
    score INTEGER NOT NULL,
    why TEXT NOT NULL,
    said_start INTEGER,
    said_end INTEGER,
    delivered INTEGER,
    seen INTEGER,
    came_back INTEGER,
    out_reason TEXT,
    out_by TEXT,
    out_at INTEGER,
    PRIMARY KEY (incident, message)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX incident_hits_message ON incident_hits (message);

  CREATE TABLE incident_returns (
    incident TEXT NOT NULL REFERENCES incidents (id),
    message TEXT NOT NULL REFERENCES messages (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (incident, message)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE quarantines (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    incident TEXT NOT NULL REFERENCES incidents (id),
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    since INTEGER NOT NULL,
    set_by TEXT NOT NULL,
    lifted_by TEXT,
    lifted_at INTEGER,
    lifted_why TEXT
  ) STRICT;
  CREATE UNIQUE INDEX quarantines_active ON quarantines (incident, kind, what) WHERE lifted_at IS NULL;
  CREATE INDEX quarantines_seq ON quarantines (seq);

  CREATE TABLE quarantined_reviews (
    review TEXT NOT NULL REFERENCES reviews (id),
    quarantine TEXT NOT NULL REFERENCES quarantines (id),
    PRIMARY KEY (review, quarantine)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE regression_cases (
    id TEXT PRIMARY KEY,
    incident TEXT NOT NULL REFERENCES incidents (id),
    question TEXT NOT NULL,
    tier TEXT NOT NULL,
    channel TEXT NOT NULL,
    must_say TEXT NOT NULL,
    must_not_say TEXT NOT NULL,
    at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    active INTEGER NOT NULL DEFAULT 1,
    result TEXT,
    result_why TEXT,
    result_at INTEGER
  ) STRICT;
  CREATE INDEX regression_cases_incident ON regression_cases (incident);
`
