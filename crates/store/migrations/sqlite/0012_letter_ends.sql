-- From then on nothing can be done about a letter: its answer is closed, or its last day is over in Japan. What waits for a
-- person is told by it, without a look at words. Of letters that ask something and are here already, only their words say when
-- the answer closes: they wait until they expire.
ALTER TABLE letter ADD COLUMN ends_at INTEGER;

UPDATE letter
SET ends_at = CASE
    WHEN kind IN ('request', 'sign-up') THEN expires_at
    ELSE (unixepoch(deadline) + 15 * 3600) * 1000000
END
WHERE kind IN ('request', 'sign-up') OR deadline IS NOT NULL;

-- The same at each person, so that the next of thousands are found without a look at the others.
ALTER TABLE notice ADD COLUMN waits_until INTEGER;

UPDATE notice
SET waits_until = (SELECT ends_at FROM letter WHERE letter.id = notice.letter_id)
WHERE letter_id IN (SELECT id FROM letter WHERE ends_at IS NOT NULL);

CREATE INDEX notice_to_do ON notice (recipient_id, waits_until, letter_id)
WHERE waits_until IS NOT NULL AND archived_at IS NULL AND binned_at IS NULL AND replied_at IS NULL;
