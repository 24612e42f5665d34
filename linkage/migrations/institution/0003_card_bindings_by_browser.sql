-- The browser that started must also end it, and whoever types a number that nobody has learns that only from a card.
-- What waited for an answer when this runs (five minutes at most) begins again.
DROP TABLE card_bindings;
CREATE TABLE card_bindings (
    challenge_hash BLOB PRIMARY KEY CHECK (length(challenge_hash) = 32),
    internal_id TEXT REFERENCES persons (internal_id),
    browser_hash BLOB CHECK (length(browser_hash) = 32),
    document TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX card_bindings_by_time ON card_bindings (started_at);
