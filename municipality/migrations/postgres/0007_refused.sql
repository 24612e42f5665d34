-- Who was refused a moment ago is found without a look at the whole trail.
CREATE INDEX audit_refused ON audit (who, what, at) WHERE sending_id IS NULL;
