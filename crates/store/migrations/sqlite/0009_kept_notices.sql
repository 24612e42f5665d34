-- Notices that a person keeps (保管, P-PSH-7): ciphertext under the folder's own key, which is in another database. In the
-- clear is what they are swept, counted and bounded by; not who sent them, and not what they are for. mark: which notice,
-- told by the folder's key alone.
CREATE TABLE kept_notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder_id BLOB NOT NULL REFERENCES folder (id),
    mark BLOB NOT NULL,
    headline BLOB NOT NULL,
    body BLOB NOT NULL,
    size INTEGER NOT NULL,
    kept_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    UNIQUE (folder_id, mark)
) STRICT;
CREATE INDEX kept_notice_by_expiry ON kept_notice (expires_at);

CREATE TABLE kept_attachment (
    kept_id INTEGER NOT NULL REFERENCES kept_notice (id),
    place INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (kept_id, place)
) STRICT;
