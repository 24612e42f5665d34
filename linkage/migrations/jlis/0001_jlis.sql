-- Match numbers that were given out; only their hashes (B-ISS-4).
CREATE TABLE issuances (
    issuance_id BLOB PRIMARY KEY CHECK (length(issuance_id) = 16),
    match_hash BLOB NOT NULL UNIQUE CHECK (length(match_hash) = 32),
    org TEXT NOT NULL,
    requested_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    settled_at INTEGER,
    settlement TEXT CHECK (settlement IN ('ordered', 'refused', 'expired')),
    CHECK ((settled_at IS NULL) = (settlement IS NULL))
) STRICT, WITHOUT ROWID;

-- Orders that the core has not taken yet. The match number is made again from the id and the key of J-LIS.
CREATE TABLE orders (
    issuance_id BLOB PRIMARY KEY REFERENCES issuances,
    resident_record_code TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
