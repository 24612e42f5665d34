-- Who is no resident any more, as the core must hear it (P-FLD-4); deleted when it has.
CREATE TABLE core_notices (
    notice_id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_record_code TEXT NOT NULL
) STRICT;
