-- A feed's number inside this file (short in every index), its id, and its count of unread events.
CREATE TABLE feed (
    number INTEGER PRIMARY KEY,
    id     TEXT    NOT NULL UNIQUE,
    unread INTEGER NOT NULL DEFAULT 0 CHECK (unread >= 0)
) STRICT;

-- Where a feed resumes. Apart from the events: deleting events never rewinds it.
CREATE TABLE cursor (
    feed          INTEGER PRIMARY KEY REFERENCES feed (number) ON DELETE CASCADE,
    last_event_id TEXT,
    retry_ms      INTEGER CHECK (retry_ms >= 0)
) STRICT;

-- What lists, popups and marks need; small, because marking an event writes its whole row again.
CREATE TABLE event (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    feed           INTEGER NOT NULL REFERENCES feed (number),
    received_at_ms INTEGER NOT NULL,
    read           INTEGER NOT NULL CHECK (read IN (0, 1)),
    presented      INTEGER NOT NULL CHECK (presented BETWEEN 0 AND 3),
    priority       INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 4),
    own_id         INTEGER NOT NULL CHECK (own_id IN (0, 1)),
    digest         INTEGER NOT NULL,
    event_type     TEXT    NOT NULL,
    last_event_id  TEXT    NOT NULL,
    key            TEXT,
    link           TEXT,
    title          TEXT    NOT NULL,
    preview        TEXT    NOT NULL
) STRICT;

-- What only the detail needs, of any size; `body` is null where the preview is all of it.
CREATE TABLE content (
    event INTEGER PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
    body  TEXT,
    data  TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX event_once ON event (feed, last_event_id, digest) WHERE own_id = 1;
CREATE INDEX event_by_feed ON event (feed);
CREATE INDEX event_unread ON event (feed) WHERE read = 0;
CREATE INDEX event_unshown ON event (feed) WHERE presented < 2;

-- The counts follow the rows whichever statement changes them.
CREATE TRIGGER unread_stored AFTER INSERT ON event WHEN NEW.read = 0 BEGIN
    UPDATE feed SET unread = unread + 1 WHERE number = NEW.feed;
END;
CREATE TRIGGER unread_deleted AFTER DELETE ON event WHEN OLD.read = 0 BEGIN
    UPDATE feed SET unread = unread - 1 WHERE number = OLD.feed;
END;
CREATE TRIGGER unread_marked AFTER UPDATE OF read ON event WHEN OLD.read <> NEW.read BEGIN
    UPDATE feed SET unread = unread + OLD.read - NEW.read WHERE number = NEW.feed;
END;
