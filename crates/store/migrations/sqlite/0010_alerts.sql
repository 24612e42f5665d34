-- Where a person is told, outside the portal, that there is something new. What it is, and what the person calls it, is
-- sealed under the folder's own key. due_at: when somebody must look whether there is something to tell; claimed_until: who
-- looks has it until then.
CREATE TABLE alert_address (
    id BLOB NOT NULL PRIMARY KEY,
    folder_id BLOB NOT NULL REFERENCES folder (id),
    channel TEXT NOT NULL CHECK (channel IN ('mail', 'push')),
    sealed BLOB NOT NULL,
    entered_at INTEGER NOT NULL,
    code_hash BLOB,
    code_expires_at INTEGER,
    code_tries INTEGER NOT NULL DEFAULT 0,
    confirmed_at INTEGER,
    told_at INTEGER,
    due_at INTEGER,
    claimed_until INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    failed_at INTEGER
) STRICT;
CREATE INDEX alert_address_of_folder ON alert_address (folder_id);
CREATE INDEX alert_address_by_due ON alert_address (due_at) WHERE due_at IS NOT NULL;

-- Something arrived for a folder that has such an address: written with the notices, gone once the addresses are due.
CREATE TABLE alert_arrival (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder_id BLOB NOT NULL,
    arrived_at INTEGER NOT NULL,
    urgent_at INTEGER
) STRICT;

-- Codes that were sent in the last day, by whom and to where: keyed hashes of both, so that nobody is flooded.
CREATE TABLE alert_code_sent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    who_hash BLOB NOT NULL,
    sent_at INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_code_sent_of ON alert_code_sent (who_hash, sent_at);
