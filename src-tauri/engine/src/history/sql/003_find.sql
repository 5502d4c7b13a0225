-- Starred events outlive every limit. A deletion's number hides an event until that is undone or swept away.
ALTER TABLE event ADD COLUMN starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1));
ALTER TABLE event ADD COLUMN deletion INTEGER;
-- The event's text in bytes, so that sizes are sums and nothing has to be measured again.
ALTER TABLE event ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
-- What decided about the event's popup, as JSON; null where nothing did.
ALTER TABLE content ADD COLUMN trace TEXT;
ALTER TABLE feed ADD COLUMN events INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;

UPDATE event SET bytes = octet_length(title) + octet_length(preview) + coalesce(
    (SELECT octet_length(data) + coalesce(octet_length(body), 0) FROM content WHERE content.event = event.id), 0
);
UPDATE feed SET
    events = (SELECT count(*) FROM event WHERE event.feed = feed.number),
    bytes = (SELECT coalesce(sum(bytes), 0) FROM event WHERE event.feed = feed.number);

CREATE INDEX event_starred ON event (feed) WHERE starred = 1;
CREATE INDEX event_deleted ON event (deletion) WHERE deletion IS NOT NULL;

CREATE TABLE deletion (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms  INTEGER NOT NULL
) STRICT;

-- What was deleted, so that a server that sends it again doesn't bring it back.
CREATE TABLE gone (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    feed          INTEGER NOT NULL REFERENCES feed (number) ON DELETE CASCADE,
    named         INTEGER NOT NULL CHECK (named IN (0, 1)),
    last_event_id TEXT    NOT NULL,
    digest        INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX gone_once ON gone (feed, last_event_id, digest) WHERE named = 1;
CREATE INDEX gone_unnamed ON gone (feed) WHERE named = 0;

-- Events up to this one are in the index below; the later ones are looked through row by row.
CREATE TABLE indexed (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    until INTEGER NOT NULL
) STRICT;
INSERT INTO indexed (one, until) VALUES (1, 0);

-- Words as the program splits and folds them, so the tokenizer has only to part them at blanks.
CREATE VIRTUAL TABLE words USING fts5 (
    title, body, tags, content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- When the events of each stretch of numbers arrived, because numbers and times don't always agree.
CREATE TABLE stretch (
    number   INTEGER PRIMARY KEY,
    from_ms  INTEGER NOT NULL,
    until_ms INTEGER NOT NULL
) STRICT;

DROP TRIGGER unread_stored;
DROP TRIGGER unread_deleted;
DROP TRIGGER unread_marked;
CREATE TRIGGER event_stored AFTER INSERT ON event BEGIN
    UPDATE feed SET events = events + 1, bytes = bytes + NEW.bytes, unread = unread + (NEW.read = 0)
    WHERE number = NEW.feed;
END;
-- Events that were saved from a damaged file come with the numbers they had.
CREATE TRIGGER event_stored_late AFTER INSERT ON event WHEN NEW.id <= (SELECT until FROM indexed) BEGIN
    UPDATE indexed SET until = NEW.id - 1;
END;
CREATE TRIGGER event_removed AFTER DELETE ON event BEGIN
    DELETE FROM words WHERE rowid = OLD.id;
    UPDATE feed SET events = events - 1, bytes = bytes - OLD.bytes, unread = unread - (OLD.read = 0)
    WHERE number = OLD.feed AND OLD.deletion IS NULL;
END;
CREATE TRIGGER event_read AFTER UPDATE OF read ON event WHEN OLD.read <> NEW.read AND NEW.deletion IS NULL BEGIN
    UPDATE feed SET unread = unread + OLD.read - NEW.read WHERE number = NEW.feed;
END;
CREATE TRIGGER event_hidden AFTER UPDATE OF deletion ON event
WHEN (OLD.deletion IS NULL) <> (NEW.deletion IS NULL) BEGIN
    UPDATE feed SET
        events = events + iif(NEW.deletion IS NULL, 1, -1),
        bytes = bytes + iif(NEW.deletion IS NULL, NEW.bytes, -NEW.bytes),
        unread = unread + iif(NEW.deletion IS NULL, NEW.read = 0, -(NEW.read = 0))
    WHERE number = NEW.feed;
END;
