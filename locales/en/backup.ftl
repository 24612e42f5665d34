backup-made = The backup is in { $place } ({ $kib } KiB, { $entries } entries of the log). Nothing that is held for anybody who is logged in went along.
backup-restored = The backup of { $when } is restored. Nothing that happened since is in it; everybody logs in again.
backup-log-kept = The newer log goes on ({ $entries } entries).
backup-log-retired = These logs have ended: { $logs }. Before the start, make a key with a new name (my-portal log-key --new NAME FILE) and set log.name and log.key_file.
