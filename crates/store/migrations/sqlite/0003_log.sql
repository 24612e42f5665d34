-- The portal's own append-only log (P-INF-8): an RFC 6962 tree in the tiles of C2SP tlog-tiles. Its entries are public;
-- none names a person or holds content. One row is the head, as the log's key signed it.
CREATE TABLE log_head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    checkpoint TEXT NOT NULL
) STRICT;

-- Each tile as wide as it is by now; narrower ones are its beginning.
CREATE TABLE log_tile (
    level INTEGER NOT NULL,
    place INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (level, place)
) STRICT;

CREATE TABLE log_entry (
    log_index INTEGER NOT NULL PRIMARY KEY,
    entry BLOB NOT NULL
) STRICT;

-- Where in the log a receipt is. The session is forgotten after a day: until then its signed-out page shows the receipt.
CREATE TABLE purge_receipt (
    id BLOB NOT NULL PRIMARY KEY,
    log_index INTEGER NOT NULL UNIQUE,
    session_hash BLOB,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX purge_receipt_of_session ON purge_receipt (session_hash) WHERE session_hash IS NOT NULL;
