-- How far what came back was fetched: also past what the core could not convert, of which nothing is kept here.
CREATE TABLE returned_through (
    place INTEGER NOT NULL PRIMARY KEY CHECK (place = 0),
    number INTEGER NOT NULL
) STRICT;

-- Whose turn it is. urgent_at: an emergency. alone_at: it has files, so it never goes with others. Three lanes, none of which
-- waits for another: 16 is what municipality/src/sending/load.rs calls few.
ALTER TABLE sending ADD COLUMN urgent_at INTEGER;
ALTER TABLE sending ADD COLUMN alone_at INTEGER;
UPDATE sending
SET urgent_at = made_at
WHERE state IN ('open', 'waiting', 'released') AND draft LIKE '%"kind":"emergency"%';
UPDATE sending
SET alone_at = made_at
WHERE state IN ('open', 'waiting', 'released') AND EXISTS (SELECT 1 FROM sending_attachment WHERE sending_id = sending.id);
DROP INDEX sending_by_try;
CREATE INDEX sending_urgent_by_try ON sending (try_at) WHERE state = 'released' AND urgent_at IS NOT NULL;
CREATE INDEX sending_short_by_try ON sending (try_at)
WHERE state = 'released' AND urgent_at IS NULL
    AND merged_at IS NULL AND alone_at IS NULL AND tries = 0 AND recipients <= 16;
CREATE INDEX sending_long_by_try ON sending (try_at)
WHERE state = 'released' AND urgent_at IS NULL
    AND (merged_at IS NOT NULL OR alone_at IS NOT NULL OR tries > 0 OR recipients > 16);

-- A withdrawal has tries of its own, and where each has a letter of their own a place: before it everybody's is taken back.
ALTER TABLE sending ADD COLUMN withdrawal_tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sending ADD COLUMN withdrawal_try_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sending ADD COLUMN withdrawal_place INTEGER NOT NULL DEFAULT 0;
DROP INDEX sending_to_withdraw;
CREATE INDEX sending_to_withdraw ON sending (withdrawal_try_at)
WHERE withdrawn_at IS NOT NULL AND withdrawal_taken_at IS NULL;
-- Whose letter was never noted as brought was called told without a question.
UPDATE sending
SET withdrawal_taken_at = NULL
WHERE withdrawn_at IS NOT NULL AND issued_at IS NOT NULL AND (merged_at IS NOT NULL OR letter_taken_at IS NULL);

-- The certificate to which replies are sealed is part of the words that are signed: one for a sending, whatever is renewed.
ALTER TABLE sending ADD COLUMN sealing_certificate TEXT;

-- Replies that could not be opened, or were not believed, when they came; and receipts: what mends that comes later.
CREATE TABLE returned_sealed (
    number INTEGER NOT NULL PRIMARY KEY REFERENCES returned (number),
    encapsulated_key TEXT NOT NULL,
    ciphertext TEXT NOT NULL
) STRICT;
CREATE TABLE receipt_doubted (
    sending_id BLOB NOT NULL,
    place INTEGER NOT NULL,
    signed BLOB NOT NULL,
    PRIMARY KEY (sending_id, place)
) STRICT;
