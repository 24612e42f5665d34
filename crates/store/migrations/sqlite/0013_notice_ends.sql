-- undelivered_since: words and files lie here for nobody, since then; none once they are stored for somebody, and once they went.
-- unread_goes_since: its sender took it back, and those who have not opened it may still have it.
ALTER TABLE letter ADD COLUMN undelivered_since INTEGER;
ALTER TABLE letter ADD COLUMN unread_goes_since INTEGER;

UPDATE letter
SET undelivered_since = taken_at
WHERE recipients = 0 AND id IN (SELECT letter_id FROM letter_words);

UPDATE letter
SET unread_goes_since = withdrawn_at
WHERE withdrawn_at IS NOT NULL;

CREATE INDEX letter_undelivered ON letter (undelivered_since) WHERE undelivered_since IS NOT NULL;
CREATE INDEX letter_unread_goes ON letter (unread_goes_since) WHERE unread_goes_since IS NOT NULL;
CREATE INDEX letter_expired ON letter (expired_at) WHERE expired_at IS NOT NULL;

-- first_opened_at: a notice that was made unread again was opened all the same. opened_told_at: its sender heard of that, once.
ALTER TABLE notice ADD COLUMN first_opened_at INTEGER;
ALTER TABLE notice ADD COLUMN opened_told_at INTEGER;

UPDATE notice
SET first_opened_at = opened_at
WHERE opened_at IS NOT NULL;

UPDATE notice
SET opened_told_at = opened_at
WHERE opened_at IS NOT NULL AND EXISTS (
    SELECT 1
    FROM letter
    JOIN state_consent ON state_consent.sender = letter.sender
    WHERE letter.id = notice.letter_id AND state_consent.recipient_id = notice.recipient_id
);

-- Who had a letter and has it no more: it does not arrive again. Nothing of what it says; until the letter's time is over.
CREATE TABLE notice_gone (
    letter_id INTEGER NOT NULL,
    recipient_id INTEGER NOT NULL,
    arrived_at INTEGER NOT NULL,
    PRIMARY KEY (letter_id, recipient_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_gone_of ON notice_gone (recipient_id);
