-- The core's secrets, in a file of their own: the ID table holds key indexes only (S4 L433).
CREATE TABLE link_keys (
    org TEXT NOT NULL,
    key_index INTEGER NOT NULL CHECK (key_index > 0),
    key BLOB NOT NULL CHECK (length(key) = 64),
    made_at INTEGER NOT NULL,
    PRIMARY KEY (org, key_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    secret BLOB NOT NULL CHECK (length(secret) = 32)
) STRICT, WITHOUT ROWID;
