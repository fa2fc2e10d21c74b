/**
 * Which message was told from which stretch of which revision: no words, only places. What was recorded before is filled in from the log,
 * whose entries name the same. `messages_answers` walks through what was told, oldest first.
 */
export const citations = `
  CREATE TABLE citations (
    revision TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    message TEXT NOT NULL REFERENCES messages (id),
    PRIMARY KEY (revision, start, "end", message)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX citations_message ON citations (message);
  CREATE INDEX revisions_article ON revisions (article);
  CREATE INDEX messages_answers ON messages (at) WHERE kind = 'answer';

  INSERT OR IGNORE INTO citations (revision, start, "end", message)
  SELECT c.value ->> 'revision', c.value ->> 'start', c.value ->> 'end', m.id
  FROM log l, json_each(l.data, '$.cited') c JOIN messages m ON m.id = l.data ->> 'message'
  WHERE l.type IN ('turn.recorded', 'review.decided') AND m.kind = 'answer';
`
