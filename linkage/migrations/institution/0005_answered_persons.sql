-- Whose an answer to the portal was, by the institution's own number: a report of a mistake in it is that person's and
-- nobody else's, whatever the core says. Beside exchange_log, whose format all institutions share.
CREATE TABLE answered_persons (
    answer_id BLOB PRIMARY KEY CHECK (length(answer_id) = 16),
    internal_id TEXT NOT NULL REFERENCES persons (internal_id)
) STRICT, WITHOUT ROWID;
