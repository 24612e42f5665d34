-- Which linkages the law allows (B-MED-2); a loaded version never changes (B-MED-3).
CREATE TABLE whitelist_versions (
    version INTEGER PRIMARY KEY,
    in_force_from TEXT NOT NULL,
    loaded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE whitelist_rows (
    version INTEGER NOT NULL REFERENCES whitelist_versions (version),
    requester TEXT NOT NULL,
    provider TEXT NOT NULL,
    info_kind TEXT NOT NULL,
    bp TEXT NOT NULL,
    circumstance TEXT NOT NULL CHECK (circumstance IN ('by_law', 'self_view')),
    mode TEXT NOT NULL CHECK (mode IN ('gateway')),
    basis TEXT NOT NULL,
    PRIMARY KEY (version, requester, provider, info_kind, bp)
) STRICT, WITHOUT ROWID;

-- One row a person. resident_index is HMAC(core secret, 住民票コード): found again, never read back.
CREATE TABLE id_records (
    id_code BLOB PRIMARY KEY CHECK (length(id_code) = 16),
    resident_index BLOB NOT NULL UNIQUE CHECK (length(resident_index) = 32)
) STRICT, WITHOUT ROWID;

-- { LA; A, KA, リンクDate } of every person (S4 L433). A code leaves use by unlinked_at and is never deleted, so that
-- records made under it are still found (B-TBL-2). replaces: the code it took over from when a key was rotated.
-- received_at: when the organisation said that it holds the code.
CREATE TABLE links (
    org TEXT NOT NULL,
    link_code BLOB NOT NULL CHECK (length(link_code) = 32),
    id_code BLOB NOT NULL REFERENCES id_records (id_code),
    key_index INTEGER NOT NULL,
    linked_at INTEGER NOT NULL,
    replaces BLOB,
    received_at INTEGER,
    unlinked_at INTEGER,
    PRIMARY KEY (org, link_code)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX links_by_person ON links (id_code, org, key_index);
CREATE INDEX links_by_key ON links (org, key_index) WHERE unlinked_at IS NULL;
CREATE INDEX links_to_replace ON links (org) WHERE replaces IS NOT NULL AND received_at IS NULL;

-- Codes on their way to those who asked for them (B-ISS-4).
CREATE TABLE issuances (
    match_number BLOB PRIMARY KEY CHECK (length(match_number) = 16),
    org TEXT NOT NULL,
    id_code BLOB NOT NULL REFERENCES id_records (id_code),
    link_code BLOB NOT NULL,
    ordered_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    delivered_at INTEGER,
    given_up_at INTEGER,
    refusal TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX issuances_open ON issuances (ordered_at) WHERE delivered_at IS NULL AND given_up_at IS NULL;

-- The access log, items ①–⑥ and nothing more (P-LOG-4, N-11). Whose: id_code; for a request that was refused before
-- the ID table was opened, what was presented instead.
CREATE TABLE access_requests (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    accessed_at INTEGER NOT NULL,
    bp TEXT NOT NULL,
    whitelist_version INTEGER,
    circumstance TEXT NOT NULL CHECK (circumstance IN ('by_law', 'self_view')),
    requester TEXT NOT NULL,
    provider TEXT NOT NULL,
    info_kind TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    words_version INTEGER NOT NULL,
    id_code BLOB,
    presented_code BLOB,
    CHECK ((id_code IS NULL) <> (presented_code IS NULL))
) STRICT;
CREATE INDEX access_requests_by_person
    ON access_requests (id_code, accessed_at DESC, id, circumstance, requester, provider, info_kind)
    WHERE id_code IS NOT NULL;
CREATE INDEX access_requests_by_presented
    ON access_requests (requester, presented_code)
    WHERE presented_code IS NOT NULL;
CREATE INDEX access_requests_by_time ON access_requests (accessed_at);

-- How each request ended. No row: it was not seen to end. cause: for the core alone (B-MED-4).
CREATE TABLE access_outcomes (
    id BLOB PRIMARY KEY REFERENCES access_requests (id),
    ended_at INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('provided', 'no_data_held', 'refused', 'unanswered')),
    cause TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One self-view record a viewing (P-LOG-18).
CREATE TABLE viewings (
    id_code BLOB NOT NULL,
    viewing BLOB NOT NULL CHECK (length(viewing) = 16),
    access_record BLOB NOT NULL,
    PRIMARY KEY (id_code, viewing)
) STRICT, WITHOUT ROWID;

-- What is in the log stays in the log (P-LOG-12, B-AUD-7).
CREATE TRIGGER access_requests_stay BEFORE UPDATE ON access_requests
BEGIN
    SELECT RAISE(ABORT, 'the access log is insert-only');
END;
CREATE TRIGGER access_requests_remain BEFORE DELETE ON access_requests
BEGIN
    SELECT RAISE(ABORT, 'the access log is insert-only');
END;
CREATE TRIGGER access_outcomes_stay BEFORE UPDATE ON access_outcomes
BEGIN
    SELECT RAISE(ABORT, 'the access log is insert-only');
END;
CREATE TRIGGER access_outcomes_remain BEFORE DELETE ON access_outcomes
BEGIN
    SELECT RAISE(ABORT, 'the access log is insert-only');
END;
