-- A person at the institution's own site binds a code to their own number there by card (B-ID-6). Works once.
CREATE TABLE card_bindings (
    challenge_hash BLOB PRIMARY KEY CHECK (length(challenge_hash) = 32),
    internal_id TEXT NOT NULL REFERENCES persons (internal_id),
    document TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
