-- What a feed's connection went through; `edition` says which of two records is the truth. Counts and standing are JSON.
CREATE TABLE health (
    feed             INTEGER PRIMARY KEY REFERENCES feed (number) ON DELETE CASCADE,
    edition          INTEGER NOT NULL,
    since_ms         INTEGER NOT NULL,
    last_event_at_ms INTEGER,
    told             INTEGER NOT NULL,
    counts           TEXT    NOT NULL,
    standing         TEXT
) STRICT;

-- The last happenings of each record, numbered by `told`, as JSON.
CREATE TABLE happening (
    feed   INTEGER NOT NULL REFERENCES health (feed) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    what   TEXT    NOT NULL,
    PRIMARY KEY (feed, number)
) STRICT, WITHOUT ROWID;
