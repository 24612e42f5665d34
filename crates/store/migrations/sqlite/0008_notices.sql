-- Notices (P-PSH-1…8). Words and files are ciphertext under a key of the portal's; in the clear is what lists are sorted and
-- swept by. A notice belongs to a person, named by the portal's link code, not to a folder.
CREATE TABLE recipient (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    link_code BLOB NOT NULL UNIQUE,
    reached_since INTEGER
) STRICT;

-- What an institution sent, once however many people it is for. recipients: people for whom it is stored; at none it goes.
CREATE TABLE letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sender TEXT NOT NULL,
    notice_id BLOB NOT NULL,
    digest BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('information', 'deadline', 'request', 'sign-up', 'document', 'emergency')),
    headline BLOB NOT NULL,
    body BLOB NOT NULL,
    attachments INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    deadline TEXT,
    states_wanted_at INTEGER,
    replaces BLOB,
    recipients INTEGER NOT NULL DEFAULT 0,
    taken_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    expired_at INTEGER,
    UNIQUE (sender, notice_id)
) STRICT;
CREATE INDEX letter_by_expiry ON letter (expires_at) WHERE expired_at IS NULL;

CREATE TABLE letter_attachment (
    letter_id INTEGER NOT NULL REFERENCES letter (id),
    place INTEGER NOT NULL,
    digest BLOB NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (letter_id, place)
) STRICT;

-- One letter at one person's. Newest first is the order of letter_id.
CREATE TABLE notice (
    recipient_id INTEGER NOT NULL,
    letter_id INTEGER NOT NULL,
    arrived_at INTEGER NOT NULL,
    opened_at INTEGER,
    archived_at INTEGER,
    binned_at INTEGER,
    starred_at INTEGER,
    replied_at INTEGER,
    PRIMARY KEY (recipient_id, letter_id)
) STRICT, WITHOUT ROWID;

-- To whom a person gives states (P-PSH-5). Nobody, unless they said so.
CREATE TABLE state_consent (
    recipient_id INTEGER NOT NULL,
    sender TEXT NOT NULL,
    given_at INTEGER NOT NULL,
    PRIMARY KEY (recipient_id, sender)
) STRICT;

-- What a sender fetches. Numbers of one sender are given one after the other, in the order in which they become durable.
CREATE TABLE notice_sender (
    sender TEXT NOT NULL PRIMARY KEY,
    returned INTEGER NOT NULL
) STRICT;

CREATE TABLE notice_return (
    sender TEXT NOT NULL REFERENCES notice_sender (sender),
    number INTEGER NOT NULL,
    notice_id BLOB NOT NULL,
    recipient_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state TEXT CHECK (state IN ('arrived', 'opened-by-person', 'opened-by-representative', 'not-received')),
    encapsulated_key TEXT,
    ciphertext TEXT,
    PRIMARY KEY (sender, number)
) STRICT;

INSERT INTO recipient (link_code, reached_since)
SELECT link_code, CASE WHEN state = 'open' THEN opened_at END
FROM folder;
