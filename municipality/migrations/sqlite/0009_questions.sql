-- An officer's questions are found without a look at everybody's.
CREATE INDEX officer_ceremony_of ON officer_ceremony (officer_id, ends_at);
