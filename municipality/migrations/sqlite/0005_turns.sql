-- How far what came back was fetched: also past what the core could not convert, of which nothing is kept here.
CREATE TABLE returned_through (
    place INTEGER NOT NULL PRIMARY KEY CHECK (place = 0),
    number INTEGER NOT NULL
) STRICT;
