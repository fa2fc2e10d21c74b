/**
 * `corrected_messages`: each answer is put right once an incident, whatever happens in between. A thread is told once (`correction_threads`).
 * `text` is the letter, which is the same for everybody and says nothing of any customer.
 */
export const corrections = `
  CREATE TABLE corrections (
    id TEXT PRIMARY KEY,
    incident TEXT NOT NULL REFERENCES incidents (id),
    state TEXT NOT NULL DEFAULT 'draft',
    wrong TEXT NOT NULL,
    right TEXT NOT NULL,
    why TEXT NOT NULL,
    to_do TEXT NOT NULL,
    text TEXT NOT NULL,
    findings TEXT NOT NULL,
    written_by TEXT NOT NULL,
    at INTEGER NOT NULL,
    proposal TEXT,
    approved_by TEXT,
    approved_at INTEGER
  ) STRICT;
  CREATE INDEX corrections_incident ON corrections (incident, at);

  CREATE TABLE correction_threads (
    correction TEXT NOT NULL REFERENCES corrections (id),
    conversation TEXT NOT NULL REFERENCES conversations (id),
    customer TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    message TEXT REFERENCES messages (id),
    sent_at INTEGER,
    opened_at INTEGER,
    opened_by TEXT,
    reminders INTEGER NOT NULL DEFAULT 0,
    reminded_at INTEGER,
    called_at INTEGER,
    called_by TEXT,
    called_note TEXT,
    PRIMARY KEY (correction, conversation)
  ) STRICT;
  CREATE INDEX correction_threads_waiting ON correction_threads (correction) WHERE state = 'waiting';
  CREATE UNIQUE INDEX correction_threads_message ON correction_threads (message) WHERE message IS NOT NULL;

  CREATE TABLE corrected_messages (
    incident TEXT NOT NULL REFERENCES incidents (id),
    message TEXT NOT NULL REFERENCES messages (id),
    correction TEXT NOT NULL REFERENCES corrections (id),
    conversation TEXT NOT NULL,
    correcting TEXT REFERENCES messages (id),
    PRIMARY KEY (incident, message)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX corrected_messages_message ON corrected_messages (message) WHERE correcting IS NOT NULL;
  CREATE INDEX corrected_messages_correcting ON corrected_messages (correcting) WHERE correcting IS NOT NULL;
  CREATE INDEX corrected_messages_thread ON corrected_messages (correction, conversation);

  CREATE TABLE contacts (
    customer TEXT PRIMARY KEY REFERENCES customers (id),
    body TEXT REFERENCES bodies (id) ON DELETE SET NULL
  ) STRICT;
  CREATE INDEX contacts_body ON contacts (body);
`
