-- How far what came back was fetched: also past what the core could not convert, of which nothing is kept here.
CREATE TABLE returned_through (
    place BIGINT NOT NULL PRIMARY KEY CHECK (place = 0),
    number BIGINT NOT NULL
);
