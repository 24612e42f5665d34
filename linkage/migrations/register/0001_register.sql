CREATE TABLE households (
    household_id INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE residents (
    resident_id INTEGER PRIMARY KEY,
    resident_record_code TEXT NOT NULL UNIQUE CHECK (length(resident_record_code) = 11),
    household_id INTEGER NOT NULL REFERENCES households,
    relationship TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('resident', 'deceased', 'left')),
    status_since INTEGER NOT NULL,
    -- 支援措置: the address is not disclosed to others
    protected_since INTEGER
) STRICT;

CREATE INDEX residents_of_household ON residents (household_id);

-- Every state of the four basic items; names to the letter as registered.
CREATE TABLE four_info (
    resident_id INTEGER NOT NULL REFERENCES residents,
    version INTEGER NOT NULL CHECK (version >= 1),
    name TEXT NOT NULL,
    -- 併記名 of foreign residents: a second registered spelling
    other_name TEXT,
    address TEXT NOT NULL,
    municipality TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('male', 'female', 'unknown')),
    -- search keys: width and spaces folded, nothing else
    name_key TEXT NOT NULL,
    other_name_key TEXT,
    address_key TEXT NOT NULL,
    valid_since INTEGER NOT NULL,
    superseded_at INTEGER,
    PRIMARY KEY (resident_id, version)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX four_info_current ON four_info (resident_id) WHERE superseded_at IS NULL;
CREATE INDEX four_info_by_birth_date ON four_info (birth_date, name_key) WHERE superseded_at IS NULL;

-- B-INS-5: an entitled institution matched its own 4-info; the generation body resolves this once.
CREATE TABLE number_matches (
    match_hash BLOB PRIMARY KEY CHECK (length(match_hash) = 32),
    org TEXT NOT NULL,
    resident_id INTEGER NOT NULL REFERENCES residents,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

-- What JPKI must hear; deleted when it has.
CREATE TABLE jpki_notices (
    notice_id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_record_code TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('name_changed', 'address_changed', 'died', 'left')),
    happened_at INTEGER NOT NULL
) STRICT;
