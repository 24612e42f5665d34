-- Whether a person is logged in elsewhere is asked for every session that ends by time.
CREATE INDEX session_of_folder ON session (folder_id) WHERE folder_id IS NOT NULL;
