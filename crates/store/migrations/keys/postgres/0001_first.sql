-- The key database (P-INF-6, P-INF-7): one key for each folder, wrapped under a key of the portal's. Nothing else is here,
-- so that a backup of the portal's own database, which has the ciphertext, brings back nothing that was erased.
CREATE TABLE folder_key (
    folder_id BYTEA NOT NULL PRIMARY KEY,
    wrapped BYTEA NOT NULL,
    made_at BIGINT NOT NULL
);
