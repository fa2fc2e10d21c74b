/** What was noticed in messages (`strength` in millionths); figures of each turn for the watch over patterns, no personal text in any of it; notes of staff, their text a body. */
export const signals = `
  CREATE TABLE signals (
    turn TEXT NOT NULL REFERENCES turns (id),
    conversation TEXT NOT NULL REFERENCES conversations (id),
    signal TEXT NOT NULL,
    strength INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (turn, signal)
  ) STRICT;
  CREATE INDEX signals_conversation ON signals (conversation, at);
  CREATE INDEX signals_at ON signals (at);

  CREATE TABLE measures (
    turn TEXT PRIMARY KEY REFERENCES turns (id),
    at INTEGER NOT NULL,
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    tier TEXT NOT NULL,
    verdict TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    length INTEGER NOT NULL,
    asks INTEGER NOT NULL,
    again INTEGER NOT NULL,
    upset INTEGER NOT NULL,
    after TEXT REFERENCES turns (id)
  ) STRICT;
  CREATE INDEX measures_at ON measures (at);
  CREATE INDEX measures_after ON measures (after) WHERE after IS NOT NULL;

  CREATE TABLE cited_articles (
    turn TEXT NOT NULL REFERENCES turns (id),
    article TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (turn, article)
  ) STRICT;
  CREATE INDEX cited_articles_at ON cited_articles (at);
  CREATE INDEX cited_articles_article ON cited_articles (article, at);

  CREATE TABLE notes (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL REFERENCES conversations (id),
    turn TEXT REFERENCES turns (id),
    kind TEXT NOT NULL,
    staff TEXT NOT NULL REFERENCES staff (id),
    body TEXT REFERENCES bodies (id) ON DELETE SET NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX notes_conversation ON notes (conversation, at);
  CREATE INDEX notes_turn ON notes (turn, at) WHERE turn IS NOT NULL;
  CREATE INDEX notes_body ON notes (body);
`
