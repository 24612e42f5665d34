-- Letters of which a person's counts cannot be told by the notice alone. Of all others a notice counts as it stands.
CREATE INDEX letter_apart ON letter (id)
WHERE withdrawn_at IS NOT NULL OR replaced_at IS NOT NULL OR expired_at IS NOT NULL OR kind = 'emergency';
