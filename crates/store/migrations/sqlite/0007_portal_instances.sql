-- Portals that run on these tables. Each renews its lease while it runs; what is held belongs to the portal that gathers it.
-- When that one is gone nobody can go on with it, and it is erased (P-INF-6). None: gathered before this column was there.
CREATE TABLE portal_instance (
    id BLOB NOT NULL PRIMARY KEY,
    lease_ends_at INTEGER NOT NULL
) STRICT;
ALTER TABLE gathering ADD COLUMN instance_id BLOB;
