-- How often each exchange stands in a person's part of the log, counted as it is written and as it expires: a page of
-- records says how many there are and what they can be filtered by, and must not look at ten thousand rows for it.
-- Nothing that is not in the log. A request that was refused before the ID table was opened is nobody's here, and is found
-- by its code when somebody looks.
CREATE TABLE counted_exchanges (
    id_code BLOB NOT NULL,
    requester TEXT NOT NULL,
    provider TEXT NOT NULL,
    info_kind TEXT NOT NULL,
    circumstance TEXT NOT NULL,
    requests INTEGER NOT NULL CHECK (requests > 0),
    PRIMARY KEY (id_code, requester, provider, info_kind, circumstance)
) STRICT, WITHOUT ROWID;

INSERT INTO counted_exchanges (id_code, requester, provider, info_kind, circumstance, requests)
SELECT id_code, requester, provider, info_kind, circumstance, count(*)
FROM access_requests
WHERE id_code IS NOT NULL
GROUP BY id_code, requester, provider, info_kind, circumstance;

CREATE TRIGGER access_requests_are_counted AFTER INSERT ON access_requests
WHEN NEW.id_code IS NOT NULL
BEGIN
    INSERT INTO counted_exchanges (id_code, requester, provider, info_kind, circumstance, requests)
    VALUES (NEW.id_code, NEW.requester, NEW.provider, NEW.info_kind, NEW.circumstance, 1)
    ON CONFLICT DO UPDATE
    SET requests = requests + 1;
END;

-- The last of an exchange takes its row along: who asked about somebody is remembered no longer than the records are.
CREATE TRIGGER access_requests_are_counted_down AFTER DELETE ON access_requests
WHEN OLD.id_code IS NOT NULL
BEGIN
    DELETE FROM counted_exchanges
    WHERE id_code = OLD.id_code
        AND requester = OLD.requester
        AND provider = OLD.provider
        AND info_kind = OLD.info_kind
        AND circumstance = OLD.circumstance
        AND requests = 1;
    UPDATE counted_exchanges
    SET requests = requests - 1
    WHERE id_code = OLD.id_code
        AND requester = OLD.requester
        AND provider = OLD.provider
        AND info_kind = OLD.info_kind
        AND circumstance = OLD.circumstance;
END;
