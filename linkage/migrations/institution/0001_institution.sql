-- The institution's own people, by its own number. It holds the 4-info as its own business data (B-ISS-7, B-ISS-8).
CREATE TABLE persons (
    seq INTEGER PRIMARY KEY,
    internal_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('male', 'female', 'unknown')),
    four_info_synced_at INTEGER NOT NULL
) STRICT;

-- Link codes bound to internal numbers (B-ID-8). A replaced code stays, so that an inquiry on its way still arrives.
CREATE TABLE codes (
    link_code BLOB PRIMARY KEY CHECK (length(link_code) = 32),
    internal_id TEXT NOT NULL REFERENCES persons (internal_id),
    key_index INTEGER NOT NULL,
    bound_at INTEGER NOT NULL,
    replaced_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX codes_current ON codes (internal_id) WHERE replaced_at IS NULL;
CREATE INDEX codes_by_person ON codes (internal_id);

-- Codes asked for: what a delivery must match (step 7).
CREATE TABLE code_requests (
    match_number BLOB PRIMARY KEY CHECK (length(match_number) = 16),
    internal_id TEXT NOT NULL REFERENCES persons (internal_id),
    requested_at INTEGER NOT NULL,
    link_code BLOB,
    fulfilled_at INTEGER
) STRICT, WITHOUT ROWID;

-- 番号, for institutions entitled to it; bound to the internal number, never to a link code (B-INS-5).
CREATE TABLE numbers (
    internal_id TEXT PRIMARY KEY REFERENCES persons (internal_id),
    my_number TEXT NOT NULL UNIQUE CHECK (length(my_number) = 12),
    bound_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Legacy shape 1: record files of fixed width, as host systems write them.
CREATE TABLE record_files (
    file TEXT NOT NULL,
    internal_id TEXT NOT NULL,
    record_no INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (file, internal_id, record_no)
) STRICT, WITHOUT ROWID;

-- Legacy shape 2: one row an item of a form.
CREATE TABLE ledger (
    form_no INTEGER NOT NULL,
    internal_id TEXT NOT NULL,
    sheet_no INTEGER NOT NULL,
    item_no INTEGER NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (form_no, internal_id, sheet_no, item_no)
) STRICT, WITHOUT ROWID;

-- The institution's share of the log, in the format that all institutions share (B-AUD-2): ① joins it to the core's
-- and the other side's (B-AUD-5). ⑦ ⑨ ⑪ ⑫ where it asked, ⑧ ⑩ ⑪ where it was asked. Content is the provider's CMS.
CREATE TABLE exchange_log (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL CHECK (length(id) = 16),
    side TEXT NOT NULL CHECK (side IN ('requester', 'provider')),
    format_version INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    section TEXT NOT NULL,
    terminal TEXT NOT NULL,
    content BLOB,
    purpose TEXT,
    UNIQUE (id, side),
    CHECK ((side = 'requester') = (purpose IS NOT NULL))
) STRICT;
CREATE TRIGGER exchange_log_stays BEFORE UPDATE ON exchange_log
BEGIN
    SELECT RAISE(ABORT, 'the exchange log is insert-only');
END;
CREATE TRIGGER exchange_log_remains BEFORE DELETE ON exchange_log
BEGIN
    SELECT RAISE(ABORT, 'the exchange log is insert-only');
END;
