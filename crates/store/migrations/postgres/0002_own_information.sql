-- What is held for a session while it lasts (P-INF-1 ②): ciphertext under a key that nobody keeps. The salt is a part
-- of that key and is overwritten before anything is erased (P-INF-6).
CREATE TABLE gathering (
    session_hash BYTEA NOT NULL PRIMARY KEY,
    salt BYTEA NOT NULL,
    started_at BIGINT NOT NULL
);

CREATE TABLE held (
    session_hash BYTEA NOT NULL REFERENCES gathering (session_hash),
    place BIGINT NOT NULL,
    class TEXT NOT NULL CHECK (class IN ('question', 'answer', 'export')),
    sealed BYTEA NOT NULL,
    commitment BYTEA,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (session_hash, place)
);
