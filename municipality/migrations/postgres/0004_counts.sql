-- What came back, counted once, when it comes: at how many people each state was reached; 'reply' stands for a reply. A sending
-- of any size, to whom each got a letter of their own or everybody the same, is told from here (R21).
CREATE TABLE state_count (
    sending_id BYTEA NOT NULL,
    state TEXT NOT NULL,
    people BIGINT NOT NULL,
    PRIMARY KEY (sending_id, state)
);
CREATE INDEX returned_of_person ON returned (sending_id, place, state);
CREATE INDEX returned_replies ON returned (sending_id, number) WHERE state IS NULL;

-- What came before it was noted of which sending it was.
UPDATE returned
SET sending_id = notice_id,
    place = (
        SELECT r.place
        FROM recipient AS r
        WHERE r.sending_id = returned.notice_id AND r.link_code = returned.link_code
    )
WHERE sending_id IS NULL
    AND EXISTS (
        SELECT 1
        FROM recipient AS r
        WHERE r.sending_id = returned.notice_id AND r.link_code = returned.link_code
    );
INSERT INTO state_count (sending_id, state, people)
SELECT sending_id, coalesce(state, 'reply'), count(DISTINCT place)
FROM returned
WHERE sending_id IS NOT NULL
GROUP BY sending_id, coalesce(state, 'reply');

-- Who cannot be reached is found without looking at everybody.
CREATE INDEX recipient_unreached ON recipient (sending_id, place) WHERE outcome IN ('undeliverable', 'unknown');

-- Who did what stays as it is (R14).
CREATE FUNCTION audit_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is insert-only';
END
$$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_insert_only();
CREATE TRIGGER audit_remains BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_insert_only();
