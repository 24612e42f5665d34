-- Since when a folder is in its state; none: since it was opened (P-FLD-2 to P-FLD-5).
ALTER TABLE folder ADD COLUMN state_since INTEGER;
CREATE INDEX folder_retained ON folder (state_since) WHERE state = 'retained';
