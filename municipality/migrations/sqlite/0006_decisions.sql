-- What somebody has to decide or to go on with is found without a look at what was sent.
CREATE INDEX sending_undecided ON sending (state, state_since) WHERE state IN ('open', 'waiting', 'rejected');
