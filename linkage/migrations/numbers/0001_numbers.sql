-- The generation body keeps no 住民票コード, only a keyed tag of it: a 番号 leads to no code (B-ID-3, N-3).
CREATE TABLE numbers (
    resident_tag BLOB PRIMARY KEY CHECK (length(resident_tag) = 32),
    my_number TEXT NOT NULL UNIQUE CHECK (length(my_number) = 12),
    assigned_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
