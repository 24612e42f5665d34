-- The officers' console. Codes, cookies and ceremonies are stored as hashes; times as in 0001.

-- Who works here (R10, R11). Whoever left stays, so that the audit trail has a name for them.
CREATE TABLE officer (
    id BLOB NOT NULL PRIMARY KEY,
    label TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('draft', 'approve', 'view')),
    made_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX officer_by_label ON officer (label) WHERE ended_at IS NULL;

-- One-time codes with which a key is enrolled.
CREATE TABLE officer_invite (
    code_hash BLOB NOT NULL PRIMARY KEY,
    officer_id BLOB NOT NULL REFERENCES officer (id),
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX officer_invite_of ON officer_invite (officer_id);

-- Security keys. content: JSON of the public key with its counter.
CREATE TABLE officer_key (
    credential BLOB NOT NULL PRIMARY KEY,
    officer_id BLOB NOT NULL REFERENCES officer (id),
    content TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    used_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX officer_key_of ON officer_key (officer_id);

-- What was asked of a key, until it answers: once, within five minutes. invite: the code that it enrols with.
CREATE TABLE officer_ceremony (
    id_hash BLOB NOT NULL PRIMARY KEY,
    officer_id BLOB NOT NULL REFERENCES officer (id),
    invite BLOB,
    content TEXT NOT NULL,
    ends_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX officer_ceremony_by_end ON officer_ceremony (ends_at);

CREATE TABLE officer_session (
    id_hash BLOB NOT NULL PRIMARY KEY,
    officer_id BLOB NOT NULL REFERENCES officer (id),
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX officer_session_of ON officer_session (officer_id);

-- What an officer writes. form: JSON of the fields as typed. sending_id: what became of it.
CREATE TABLE console_draft (
    id BLOB NOT NULL PRIMARY KEY,
    officer_id BLOB NOT NULL REFERENCES officer (id),
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    form TEXT NOT NULL,
    sending_id BLOB
) STRICT;
CREATE INDEX console_draft_of ON console_draft (officer_id, changed_at);

CREATE TABLE console_file (
    draft_id BLOB NOT NULL REFERENCES console_draft (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (draft_id, place)
) STRICT;

-- The list of recipients of a sending that was made here. whole_at: it was read to its end, and may be released.
CREATE TABLE console_list (
    sending_id BLOB NOT NULL PRIMARY KEY REFERENCES sending (id),
    source TEXT NOT NULL,
    lines INTEGER NOT NULL DEFAULT 0,
    twice INTEGER NOT NULL DEFAULT 0,
    faults INTEGER NOT NULL DEFAULT 0,
    broken TEXT,
    whole_at INTEGER
) STRICT;

-- Lines of that list that cannot be taken: their number and why, nothing of the person.
CREATE TABLE console_fault (
    sending_id BLOB NOT NULL REFERENCES sending (id),
    line INTEGER NOT NULL,
    fault TEXT NOT NULL,
    PRIMARY KEY (sending_id, line)
) STRICT;

-- Why a sending was rejected.
CREATE TABLE console_rejection (
    sending_id BLOB NOT NULL PRIMARY KEY REFERENCES sending (id),
    by_officer BLOB NOT NULL REFERENCES officer (id),
    at INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;
