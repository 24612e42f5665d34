-- Cards that were ordered; the ticket is only a hash.
CREATE TABLE card_orders (
    card_id TEXT PRIMARY KEY,
    ticket_hash BLOB NOT NULL UNIQUE CHECK (length(ticket_hash) = 32),
    resident_record_code TEXT NOT NULL,
    ordered_at INTEGER NOT NULL,
    used_at INTEGER,
    -- SHA-256 over both public keys: the same order with the same keys is answered again
    keys_hash BLOB CHECK (length(keys_hash) = 32),
    cancelled_at INTEGER,
    CHECK ((used_at IS NULL) = (keys_hash IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX card_orders_of_resident ON card_orders (resident_record_code);

CREATE TABLE certificates (
    kind TEXT NOT NULL CHECK (kind IN ('signature', 'authentication')),
    serial TEXT NOT NULL,
    card_id TEXT NOT NULL REFERENCES card_orders,
    der BLOB NOT NULL,
    not_before INTEGER NOT NULL,
    not_after INTEGER NOT NULL,
    revoked_at INTEGER,
    reason TEXT CHECK (reason IN (
        'key_compromise', 'affiliation_changed', 'superseded', 'cessation_of_operation'
    )),
    PRIMARY KEY (kind, serial),
    CHECK ((revoked_at IS NULL) = (reason IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX certificates_of_card ON certificates (card_id);
CREATE INDEX certificates_revoked ON certificates (kind, serial) WHERE revoked_at IS NOT NULL;

-- What was reported, for the history of a card.
CREATE TABLE events (
    event_id INTEGER PRIMARY KEY AUTOINCREMENT,
    card_id TEXT NOT NULL REFERENCES card_orders,
    event TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;

-- The number of the last list of each authority: it only grows.
CREATE TABLE crl_numbers (
    kind TEXT PRIMARY KEY CHECK (kind IN ('signature', 'authentication')),
    number INTEGER NOT NULL CHECK (number >= 1)
) STRICT, WITHOUT ROWID;
