-- Which letters take the place of one. Few letters take the place of another.
CREATE INDEX letter_replacing ON letter (sender, replaces) WHERE replaces IS NOT NULL;

-- replaced_at: a letter that takes this one's place came to somebody. Who has that one, too, is asked of these letters alone.
ALTER TABLE letter ADD COLUMN replaced_at BIGINT;

UPDATE letter
SET replaced_at = (
    SELECT min(newer.taken_at)
    FROM letter newer
    WHERE newer.sender = letter.sender AND newer.replaces = letter.notice_id
)
WHERE (sender, notice_id) IN (
    SELECT sender, replaces
    FROM letter
    WHERE replaces IS NOT NULL
);
