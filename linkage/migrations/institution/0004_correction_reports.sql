-- 「まちがいを知らせる」: what people report as wrong in an answer of this institution (P-INF-12), by its own number of the
-- person. `answer_id` is ① of the answer, which stands in exchange_log.
CREATE TABLE correction_reports (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    receipt_number TEXT NOT NULL UNIQUE,
    internal_id TEXT NOT NULL REFERENCES persons (internal_id),
    answer_id BLOB NOT NULL CHECK (length(answer_id) = 16),
    info_kind TEXT NOT NULL,
    field_name TEXT,
    field_period TEXT,
    words TEXT NOT NULL,
    reported_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    CHECK (field_name IS NOT NULL OR field_period IS NULL)
) STRICT;
CREATE INDEX correction_reports_by_person ON correction_reports (internal_id, seq);

-- What an officer answered; the last one counts.
CREATE TABLE correction_answers (
    seq INTEGER PRIMARY KEY,
    report_seq INTEGER NOT NULL REFERENCES correction_reports (seq),
    finding TEXT NOT NULL CHECK (finding IN ('taken_up', 'corrected', 'no_mistake')),
    words TEXT NOT NULL,
    answered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX correction_answers_by_report ON correction_answers (report_seq, seq);
