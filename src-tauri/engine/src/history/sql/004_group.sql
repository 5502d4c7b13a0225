-- What the event belongs to, such as a host or a room; null where nobody says. (GROUP is a word of SQL's own.)
ALTER TABLE event ADD COLUMN belongs_to TEXT;
