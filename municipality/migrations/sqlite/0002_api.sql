-- For the municipality's own systems. Times are microseconds since 1970-01-01 UTC; ids, codes and digests are BLOBs.

-- A system that may use the API: known by its certificate and by a secret, of both of which only SHA-256 stands here.
CREATE TABLE client (
    id BLOB NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    certificate_hash BLOB NOT NULL,
    requests_per_minute INTEGER NOT NULL,
    recipients_per_day INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE UNIQUE INDEX client_by_certificate ON client (certificate_hash);

-- certificate_hash: of the connection on which it was asked for (RFC 8705).
CREATE TABLE access_token (
    hash BLOB NOT NULL PRIMARY KEY,
    client_id BLOB NOT NULL REFERENCES client (id),
    certificate_hash BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX access_token_by_expiry ON access_token (expires_at);

-- For how many recipients a client has released on a day in Japan (days since 1970-01-01).
CREATE TABLE client_day (
    client_id BLOB NOT NULL REFERENCES client (id),
    day INTEGER NOT NULL,
    recipients INTEGER NOT NULL,
    PRIMARY KEY (client_id, day)
) STRICT;

-- What was answered to a request that may come again.
CREATE TABLE request_key (
    client_id BLOB NOT NULL REFERENCES client (id),
    name TEXT NOT NULL,
    digest BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    location TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (client_id, name)
) STRICT;
CREATE INDEX request_key_by_age ON request_key (made_at);

-- Files that wait for the notice that names them.
CREATE TABLE uploaded_file (
    id BLOB NOT NULL PRIMARY KEY,
    client_id BLOB NOT NULL REFERENCES client (id),
    made_at INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;
CREATE INDEX uploaded_file_by_age ON uploaded_file (made_at);

-- draft: JSON as the client wrote it, checked.
CREATE TABLE template (
    client_id BLOB NOT NULL REFERENCES client (id),
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (client_id, name)
) STRICT;

-- A list of recipients on its way: how far it is kept. A line is in recipient or in recipient_fault before it counts here.
CREATE TABLE recipient_list (
    sending_id BLOB NOT NULL PRIMARY KEY REFERENCES sending (id),
    form TEXT NOT NULL CHECK (form IN ('ndjson', 'csv')),
    columns TEXT,
    bytes INTEGER NOT NULL DEFAULT 0,
    lines INTEGER NOT NULL DEFAULT 0,
    faults INTEGER NOT NULL DEFAULT 0,
    complete_at INTEGER
) STRICT;

CREATE TABLE recipient_fault (
    sending_id BLOB NOT NULL REFERENCES sending (id),
    line INTEGER NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (sending_id, line)
) STRICT;

-- Of which sending, and of whom in it, so that who made the sending finds it again.
ALTER TABLE returned ADD COLUMN sending_id BLOB;
ALTER TABLE returned ADD COLUMN place INTEGER;
CREATE INDEX returned_of_sending ON returned (sending_id, number);

CREATE INDEX sending_by_maker ON sending (made_by, made_at, id);
CREATE INDEX sending_merged ON sending (expires_at) WHERE merged_at IS NOT NULL;
