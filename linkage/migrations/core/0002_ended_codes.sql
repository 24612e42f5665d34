-- Codes of the portal that ended with their person's eligibility, and whether the portal has heard of it (B-TBL-4).
CREATE TABLE ended_codes (
    link_code BLOB PRIMARY KEY CHECK (length(link_code) = 32),
    ended_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    delivered_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX ended_codes_open ON ended_codes (ended_at) WHERE delivered_at IS NULL;
CREATE INDEX issuances_of_person ON issuances (id_code) WHERE delivered_at IS NULL AND given_up_at IS NULL;
