-- Titles and names of lists are sealed under the key of their person (DATA-2). A list is found by a keyed hash of its name.
DO $$
BEGIN
  IF EXISTS (SELECT FROM lists) THEN
    RAISE EXCEPTION 'there are tasks and lists in plain text, which the database cannot seal: export them, empty both tables, and migrate again';
  END IF;
END
$$;

ALTER TABLE tasks DROP CONSTRAINT tasks_list_fkey, DROP COLUMN list_key, DROP COLUMN title;
ALTER TABLE lists DROP CONSTRAINT lists_pkey, DROP COLUMN key, DROP COLUMN name;

-- A seal adds 29 bytes; a UTF-16 code unit takes up to three bytes of UTF-8, and a name has 80 of them, a title 500.
ALTER TABLE lists
  ADD COLUMN key bytea NOT NULL CHECK (octet_length(key) = 32),
  ADD COLUMN name bytea NOT NULL CHECK (octet_length(name) BETWEEN 30 AND 269),
  ADD PRIMARY KEY (user_id, key);
ALTER TABLE tasks
  ADD COLUMN list_key bytea NOT NULL,
  ADD COLUMN title bytea NOT NULL CHECK (octet_length(title) BETWEEN 30 AND 1529),
  ADD CONSTRAINT tasks_list_fkey FOREIGN KEY (user_id, list_key) REFERENCES lists (user_id, key) ON DELETE RESTRICT ON UPDATE RESTRICT;

GRANT UPDATE (list_key, title) ON tasks TO task;
