PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO _sqlx_migrations VALUES(1,'institution','2026-11-21 13:12:57',1,X'7e7482b2298d62943f7b4fe86fdfc1db115c104bce3647fefb99d4701e02f7d762932735e160eebea8c9abf9d41a4e4a',7521492);
INSERT INTO _sqlx_migrations VALUES(2,'card bindings','2026-11-21 13:12:57',1,X'10240ff325f18f5600fb8ac89bdf069d73fdbb34a5ed5941efd1a864918085d294e1fec2b5b97fadb08fa46b234657bc',3738183);
INSERT INTO _sqlx_migrations VALUES(3,'card bindings by browser','2026-11-21 13:12:57',1,X'84d2fb725409a6295c7f58df84c137302bcbc11eea9f011eea38efc9d7f66411b6615877085aa225f8612db7dc6f1c9e',28334008);
CREATE TABLE persons (
    seq INTEGER PRIMARY KEY,
    internal_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('male', 'female', 'unknown')),
    four_info_synced_at INTEGER NOT NULL
) STRICT;
INSERT INTO persons VALUES(1,'0046-162777-0','𠮷田　拓也','北海道札幌市豊平区平岸三条十丁目1番5号','1999-01-31','male',1760706764003227);
CREATE TABLE codes (
    link_code BLOB PRIMARY KEY CHECK (length(link_code) = 32),
    internal_id TEXT NOT NULL REFERENCES persons (internal_id),
    key_index INTEGER NOT NULL,
    bound_at INTEGER NOT NULL,
    replaced_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO codes VALUES(X'dabb3d8bf31863396df366b48ed87897c327106c9a3d20b36a42386df74546b7','0046-162777-0',1,1760706764003227,NULL);
CREATE TABLE code_requests (
    match_number BLOB PRIMARY KEY CHECK (length(match_number) = 16),
    internal_id TEXT NOT NULL REFERENCES persons (internal_id),
    requested_at INTEGER NOT NULL,
    link_code BLOB,
    fulfilled_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO code_requests VALUES(X'8d7e9eb86872c02a890e281c46953d38','0046-162777-0',1760706764003227,X'dabb3d8bf31863396df366b48ed87897c327106c9a3d20b36a42386df74546b7',1760706764003227);
CREATE TABLE numbers (
    internal_id TEXT PRIMARY KEY REFERENCES persons (internal_id),
    my_number TEXT NOT NULL UNIQUE CHECK (length(my_number) = 12),
    bound_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO numbers VALUES('0046-162777-0','205593288723',1760706764003227);
CREATE TABLE record_files (
    file TEXT NOT NULL,
    internal_id TEXT NOT NULL,
    record_no INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (file, internal_id, record_no)
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger (
    form_no INTEGER NOT NULL,
    internal_id TEXT NOT NULL,
    sheet_no INTEGER NOT NULL,
    item_no INTEGER NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (form_no, internal_id, sheet_no, item_no)
) STRICT, WITHOUT ROWID;
INSERT INTO ledger VALUES(610,'0046-162777-0',1,10,'2026/10/12');
INSERT INTO ledger VALUES(610,'0046-162777-0',1,20,'120');
INSERT INTO ledger VALUES(610,'0046-162777-0',1,30,'80');
INSERT INTO ledger VALUES(610,'0046-162777-0',1,40,'2,499');
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
CREATE TABLE card_bindings (
    challenge_hash BLOB PRIMARY KEY CHECK (length(challenge_hash) = 32),
    internal_id TEXT REFERENCES persons (internal_id),
    browser_hash BLOB CHECK (length(browser_hash) = 32),
    document TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX codes_current ON codes (internal_id) WHERE replaced_at IS NULL;
CREATE INDEX codes_by_person ON codes (internal_id);
CREATE TRIGGER exchange_log_stays BEFORE UPDATE ON exchange_log
BEGIN
    SELECT RAISE(ABORT, 'the exchange log is insert-only');
END;
CREATE TRIGGER exchange_log_remains BEFORE DELETE ON exchange_log
BEGIN
    SELECT RAISE(ABORT, 'the exchange log is insert-only');
END;
CREATE INDEX card_bindings_by_time ON card_bindings (started_at);
COMMIT;
