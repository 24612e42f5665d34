-- Times are microseconds since 1970-01-01 UTC; ids, hashes and keys are BYTEA. No column holds 番号 or 4-info (P-GEN-3, N-14).
CREATE TABLE folder (
    id BYTEA NOT NULL PRIMARY KEY,
    link_code BYTEA NOT NULL UNIQUE,
    key_index BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'suspended', 'closed', 'retained')),
    opened_at BIGINT NOT NULL
);

CREATE TABLE certificate_binding (
    serial TEXT NOT NULL,
    folder_id BYTEA NOT NULL REFERENCES folder (id),
    bound_at BIGINT NOT NULL,
    unbound_at BIGINT,
    PRIMARY KEY (serial, bound_at)
);
CREATE UNIQUE INDEX certificate_binding_in_force ON certificate_binding (serial) WHERE unbound_at IS NULL;
CREATE INDEX certificate_binding_of_folder ON certificate_binding (folder_id);

CREATE TABLE registration (
    id BYTEA NOT NULL PRIMARY KEY,
    browser_hash BYTEA NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('started', 'matched', 'linked', 'bound', 'given_up')),
    match_number_hash BYTEA UNIQUE,
    link_code BYTEA,
    key_index BIGINT,
    signature_serial TEXT,
    started_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX registration_of_browser ON registration (browser_hash, started_at);
CREATE INDEX registration_by_expiry ON registration (expires_at);

CREATE TABLE challenge (
    nonce BYTEA NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('login', 'bind', 'register', 'sign')),
    origin TEXT NOT NULL,
    document TEXT NOT NULL,
    browser_hash BYTEA NOT NULL,
    registration_id BYTEA,
    removal_token BYTEA NOT NULL,
    shared_device_at BIGINT,
    return_to TEXT,
    started_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    answered_at BIGINT,
    outcome TEXT,
    serial TEXT,
    ticket_hash BYTEA UNIQUE,
    ticket_expires_at BIGINT,
    redeemed_at BIGINT
);
CREATE INDEX challenge_of_browser ON challenge (browser_hash, started_at);
CREATE INDEX challenge_by_expiry ON challenge (expires_at);

CREATE TABLE login_event (
    id BYTEA NOT NULL PRIMARY KEY,
    folder_id BYTEA NOT NULL REFERENCES folder (id),
    at BIGINT NOT NULL,
    outcome TEXT NOT NULL
);
CREATE INDEX login_event_of_folder ON login_event (folder_id, at);

CREATE TABLE session (
    id_hash BYTEA NOT NULL PRIMARY KEY,
    data TEXT NOT NULL,
    folder_id BYTEA,
    removal_token_hash BYTEA,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    idle_ends_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX session_by_end ON session (ends_at);
CREATE INDEX session_by_removal ON session (removal_token_hash);
