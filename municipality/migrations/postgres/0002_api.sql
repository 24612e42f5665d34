-- For the municipality's own systems. Times are microseconds since 1970-01-01 UTC; ids, codes and digests are BYTEA.

-- A system that may use the API: known by its certificate and by a secret, of both of which only SHA-256 stands here.
CREATE TABLE client (
    id BYTEA NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    secret_hash BYTEA NOT NULL,
    certificate_hash BYTEA NOT NULL,
    requests_per_minute BIGINT NOT NULL,
    recipients_per_day BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);

CREATE UNIQUE INDEX client_by_certificate ON client (certificate_hash);

-- certificate_hash: of the connection on which it was asked for (RFC 8705).
CREATE TABLE access_token (
    hash BYTEA NOT NULL PRIMARY KEY,
    client_id BYTEA NOT NULL REFERENCES client (id),
    certificate_hash BYTEA NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX access_token_by_expiry ON access_token (expires_at);

-- For how many recipients a client has released on a day in Japan (days since 1970-01-01).
CREATE TABLE client_day (
    client_id BYTEA NOT NULL REFERENCES client (id),
    day BIGINT NOT NULL,
    recipients BIGINT NOT NULL,
    PRIMARY KEY (client_id, day)
);

-- What was answered to a request that may come again.
CREATE TABLE request_key (
    client_id BYTEA NOT NULL REFERENCES client (id),
    name TEXT NOT NULL,
    digest BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    status BIGINT NOT NULL,
    location TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (client_id, name)
);
CREATE INDEX request_key_by_age ON request_key (made_at);

-- Files that wait for the notice that names them.
CREATE TABLE uploaded_file (
    id BYTEA NOT NULL PRIMARY KEY,
    client_id BYTEA NOT NULL REFERENCES client (id),
    made_at BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    content BYTEA NOT NULL
);
CREATE INDEX uploaded_file_by_age ON uploaded_file (made_at);

-- draft: JSON as the client wrote it, checked.
CREATE TABLE template (
    client_id BYTEA NOT NULL REFERENCES client (id),
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, name)
);

-- A list of recipients on its way: how far it is kept. A line is in recipient or in recipient_fault before it counts here.
CREATE TABLE recipient_list (
    sending_id BYTEA NOT NULL PRIMARY KEY REFERENCES sending (id),
    form TEXT NOT NULL CHECK (form IN ('ndjson', 'csv')),
    columns TEXT,
    bytes BIGINT NOT NULL DEFAULT 0,
    lines BIGINT NOT NULL DEFAULT 0,
    faults BIGINT NOT NULL DEFAULT 0,
    complete_at BIGINT
);

CREATE TABLE recipient_fault (
    sending_id BYTEA NOT NULL REFERENCES sending (id),
    line BIGINT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (sending_id, line)
);

-- Of which sending, and of whom in it, so that who made the sending finds it again.
ALTER TABLE returned ADD COLUMN sending_id BYTEA;
ALTER TABLE returned ADD COLUMN place BIGINT;
CREATE INDEX returned_of_sending ON returned (sending_id, number);

CREATE INDEX sending_by_maker ON sending (made_by, made_at, id);
CREATE INDEX sending_merged ON sending (expires_at) WHERE merged_at IS NOT NULL;
