-- The portal's own append-only log (P-INF-8): an RFC 6962 tree in the tiles of C2SP tlog-tiles. Its entries are public;
-- none names a person or holds content. One row is the head, as the log's key signed it.
CREATE TABLE log_head (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    size BIGINT NOT NULL,
    checkpoint TEXT NOT NULL
);

-- Each tile as wide as it is by now; narrower ones are its beginning.
CREATE TABLE log_tile (
    level BIGINT NOT NULL,
    place BIGINT NOT NULL,
    hashes BYTEA NOT NULL,
    PRIMARY KEY (level, place)
);

CREATE TABLE log_entry (
    log_index BIGINT NOT NULL PRIMARY KEY,
    entry BYTEA NOT NULL
);

-- Where in the log a receipt is. The session is forgotten after a day: until then its signed-out page shows the receipt.
CREATE TABLE purge_receipt (
    id BYTEA NOT NULL PRIMARY KEY,
    log_index BIGINT NOT NULL UNIQUE,
    session_hash BYTEA,
    at BIGINT NOT NULL
);
CREATE INDEX purge_receipt_of_session ON purge_receipt (session_hash) WHERE session_hash IS NOT NULL;
