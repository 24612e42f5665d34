-- Times are microseconds since 1970-01-01 UTC; ids, hashes and keys are BLOBs. No column holds 番号 or 4-info (P-GEN-3, N-14).
CREATE TABLE folder (
    id BLOB NOT NULL PRIMARY KEY,
    link_code BLOB NOT NULL UNIQUE,
    key_index INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'suspended', 'closed', 'retained')),
    opened_at INTEGER NOT NULL
) STRICT;

CREATE TABLE certificate_binding (
    serial TEXT NOT NULL,
    folder_id BLOB NOT NULL REFERENCES folder (id),
    bound_at INTEGER NOT NULL,
    unbound_at INTEGER,
    PRIMARY KEY (serial, bound_at)
) STRICT;
CREATE UNIQUE INDEX certificate_binding_in_force ON certificate_binding (serial) WHERE unbound_at IS NULL;
CREATE INDEX certificate_binding_of_folder ON certificate_binding (folder_id);

CREATE TABLE registration (
    id BLOB NOT NULL PRIMARY KEY,
    browser_hash BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('started', 'matched', 'linked', 'bound', 'given_up')),
    match_number_hash BLOB UNIQUE,
    link_code BLOB,
    key_index INTEGER,
    signature_serial TEXT,
    started_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX registration_of_browser ON registration (browser_hash, started_at);
CREATE INDEX registration_by_expiry ON registration (expires_at);

CREATE TABLE challenge (
    nonce BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('login', 'bind', 'register', 'sign')),
    origin TEXT NOT NULL,
    document TEXT NOT NULL,
    browser_hash BLOB NOT NULL,
    registration_id BLOB,
    removal_token BLOB NOT NULL,
    shared_device_at INTEGER,
    return_to TEXT,
    started_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    answered_at INTEGER,
    outcome TEXT,
    serial TEXT,
    ticket_hash BLOB UNIQUE,
    ticket_expires_at INTEGER,
    redeemed_at INTEGER
) STRICT;
CREATE INDEX challenge_of_browser ON challenge (browser_hash, started_at);
CREATE INDEX challenge_by_expiry ON challenge (expires_at);

CREATE TABLE login_event (
    id BLOB NOT NULL PRIMARY KEY,
    folder_id BLOB NOT NULL REFERENCES folder (id),
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL
) STRICT;
CREATE INDEX login_event_of_folder ON login_event (folder_id, at);

CREATE TABLE session (
    id_hash BLOB NOT NULL PRIMARY KEY,
    data TEXT NOT NULL,
    folder_id BLOB,
    removal_token_hash BLOB,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    idle_ends_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_end ON session (ends_at);
CREATE INDEX session_by_removal ON session (removal_token_hash);
