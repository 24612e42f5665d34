-- From then on nothing can be done about a letter: its answer is closed, or its last day is over in Japan. What waits for a
-- person is told by it, without a look at words. Of letters that ask something and are here already, only their words say when
-- the answer closes: they wait until they expire.
ALTER TABLE letter ADD COLUMN ends_at BIGINT;

UPDATE letter
SET ends_at = CASE
    WHEN kind IN ('request', 'sign-up') THEN expires_at
    ELSE (extract(epoch FROM (deadline || ' 00:00:00+00')::timestamptz)::bigint + 15 * 3600) * 1000000
END
WHERE kind IN ('request', 'sign-up') OR deadline IS NOT NULL;
