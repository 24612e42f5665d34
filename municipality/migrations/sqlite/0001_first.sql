-- What a municipality sends (P-PSH-1). Times are microseconds since 1970-01-01 UTC; ids, codes and digests are BLOBs.

-- One sending: one notice to one or many. draft: JSON of what is to be said. merged_at: each recipient gets a letter of their
-- own, with their own fields. The letter is made anew whenever it is needed: the same draft, id and time give the same words.
CREATE TABLE sending (
    id BLOB NOT NULL PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'released', 'done', 'cancelled', 'rejected')),
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    draft TEXT NOT NULL,
    merged_at INTEGER,
    starts_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    issued_at INTEGER,
    letter_taken_at INTEGER,
    released_by TEXT,
    state_since INTEGER NOT NULL,
    withdrawn_at INTEGER,
    withdrawal_taken_at INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    try_at INTEGER NOT NULL,
    trouble TEXT,
    recipients INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER NOT NULL DEFAULT 0,
    undeliverable INTEGER NOT NULL DEFAULT 0,
    unknown INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX sending_by_try ON sending (try_at) WHERE state = 'released';
CREATE INDEX sending_by_age ON sending (made_at, id);
CREATE INDEX sending_to_withdraw ON sending (withdrawn_at) WHERE withdrawn_at IS NOT NULL AND withdrawal_taken_at IS NULL;

CREATE TABLE sending_attachment (
    sending_id BLOB NOT NULL REFERENCES sending (id),
    place INTEGER NOT NULL,
    content BLOB NOT NULL,
    taken_at INTEGER,
    PRIMARY KEY (sending_id, place)
) STRICT;

-- For whom. fields: what is filled into the draft, JSON. outcome: what the portal said.
CREATE TABLE recipient (
    sending_id BLOB NOT NULL,
    place INTEGER NOT NULL,
    link_code BLOB NOT NULL,
    fields TEXT,
    outcome TEXT CHECK (outcome IN ('accepted', 'undeliverable', 'unknown')),
    PRIMARY KEY (sending_id, place)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX recipient_by_code ON recipient (sending_id, link_code);

-- 到達証明 of documents (A-160): what the portal signed.
CREATE TABLE receipt (
    sending_id BLOB NOT NULL,
    place INTEGER NOT NULL,
    signed BLOB NOT NULL,
    PRIMARY KEY (sending_id, place)
) STRICT;

-- What came back: states that citizens give (P-PSH-5), and replies as the portal signed them.
CREATE TABLE returned (
    number INTEGER NOT NULL PRIMARY KEY,
    notice_id BLOB NOT NULL,
    link_code BLOB NOT NULL,
    at INTEGER NOT NULL,
    state TEXT,
    reply BLOB
) STRICT;
CREATE INDEX returned_of_notice ON returned (notice_id, number);

-- Who did what. Nothing of a recipient.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    sending_id BLOB
) STRICT;
CREATE INDEX audit_of_sending ON audit (sending_id, id);
