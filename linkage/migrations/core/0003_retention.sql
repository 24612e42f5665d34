-- Runs that removed access records which were kept long enough (P-LOG-14). A run stays for ever: the log says itself what
-- is missing from it, and since when.
CREATE TABLE expiry_runs (
    run INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,
    days INTEGER NOT NULL CHECK (days > 0),
    accessed_before INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    ended_at INTEGER
) STRICT;
CREATE TRIGGER expiry_runs_stay BEFORE UPDATE ON expiry_runs
WHEN OLD.ended_at IS NOT NULL
    OR NEW.run <> OLD.run
    OR NEW.started_at <> OLD.started_at
    OR NEW.days <> OLD.days
    OR NEW.accessed_before <> OLD.accessed_before
    OR NEW.removed < OLD.removed
BEGIN
    SELECT RAISE(ABORT, 'a run is recorded for ever');
END;
CREATE TRIGGER expiry_runs_remain BEFORE DELETE ON expiry_runs
BEGIN
    SELECT RAISE(ABORT, 'a run is recorded for ever');
END;

-- What is in the log stays in the log, but for what a recorded run that is under way removes (P-LOG-12, B-AUD-7).
DROP TRIGGER access_requests_remain;
CREATE TRIGGER access_requests_remain BEFORE DELETE ON access_requests
WHEN NOT EXISTS (
    SELECT 1
    FROM expiry_runs
    WHERE ended_at IS NULL AND OLD.accessed_at < accessed_before
)
BEGIN
    SELECT RAISE(ABORT, 'the access log is insert-only');
END;
DROP TRIGGER access_outcomes_remain;
CREATE TRIGGER access_outcomes_remain BEFORE DELETE ON access_outcomes
WHEN NOT EXISTS (
    SELECT 1
    FROM access_requests
    JOIN expiry_runs ON access_requests.accessed_at < expiry_runs.accessed_before
    WHERE access_requests.id = OLD.id AND expiry_runs.ended_at IS NULL
)
BEGIN
    SELECT RAISE(ABORT, 'the access log is insert-only');
END;
CREATE INDEX viewings_by_record ON viewings (access_record);
