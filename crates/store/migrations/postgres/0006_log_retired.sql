-- Logs that nobody may continue (B-OPS-1): after a restore their newest entries are not here, and to go on from older
-- ones would be a second history. The key's text names the log. No checkpoint: not even its beginning is known here.
CREATE TABLE log_retired (
    key_text TEXT NOT NULL PRIMARY KEY,
    origin TEXT NOT NULL,
    size BIGINT NOT NULL,
    checkpoint TEXT,
    at BIGINT NOT NULL
);
