-- What was filled into letters goes some time after nobody can read them any more. fields_gone_through: before which place it
-- has gone; fields_gone_at: at everybody.
ALTER TABLE sending ADD COLUMN fields_gone_through BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sending ADD COLUMN fields_gone_at BIGINT;
CREATE INDEX sending_fields ON sending (expires_at) WHERE merged_at IS NOT NULL AND fields_gone_at IS NULL;
