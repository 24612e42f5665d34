-- Letters that arrived shortly before somebody was told at an address, or while they were told, and were told with it: numbers with
-- dots between them. A delivery is durable a while after the arrival that it writes; what is not named here is still to be told.
ALTER TABLE alert_address ADD COLUMN told_letters TEXT;

-- Somebody who is told elsewhere was reminded that it waits for them, once.
ALTER TABLE notice ADD COLUMN reminded_at INTEGER;
