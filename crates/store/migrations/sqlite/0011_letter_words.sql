-- What a letter says is read when somebody reads it. Lists and the count on every page look at letters by the thousand, and
-- had to step over the words of each. A letter whose words went has no row here.
CREATE TABLE letter_words (
    letter_id INTEGER NOT NULL PRIMARY KEY REFERENCES letter (id),
    headline BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;

INSERT INTO letter_words (letter_id, headline, body)
SELECT id, headline, body
FROM letter
WHERE length(body) > 0;

ALTER TABLE letter DROP COLUMN headline;
ALTER TABLE letter DROP COLUMN body;
