-- What is held for a session while it lasts (P-INF-1 ②): ciphertext under a key that nobody keeps. The salt is a part
-- of that key and is overwritten before anything is erased (P-INF-6).
CREATE TABLE gathering (
    session_hash BLOB NOT NULL PRIMARY KEY,
    salt BLOB NOT NULL,
    started_at INTEGER NOT NULL
) STRICT;

CREATE TABLE held (
    session_hash BLOB NOT NULL REFERENCES gathering (session_hash),
    place INTEGER NOT NULL,
    class TEXT NOT NULL CHECK (class IN ('question', 'answer', 'export')),
    sealed BLOB NOT NULL,
    commitment BLOB,
    written_at INTEGER NOT NULL,
    PRIMARY KEY (session_hash, place)
) STRICT;
