-- Lists keep the first spelling of their name; `key` is the name without regard to case, made by the service.
CREATE TABLE lists (
  user_id text NOT NULL,
  key text NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (user_id, key)
);

CREATE TABLE tasks (
  id text PRIMARY KEY,
  user_id text NOT NULL,
  list_key text NOT NULL,
  title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 500),
  due_at timestamptz(3),
  due_has_time boolean,
  due_time_zone text CHECK (char_length(due_time_zone) <= 64),
  created_at timestamptz(3) NOT NULL,
  completed_at timestamptz(3),
  version integer NOT NULL CHECK (version > 0),
  CONSTRAINT tasks_due_is_whole CHECK (num_nonnulls(due_at, due_has_time, due_time_zone) IN (0, 3)),
  CONSTRAINT tasks_list_fkey FOREIGN KEY (user_id, list_key) REFERENCES lists (user_id, key) ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- The order of a page: open before done, earlier due first, then oldest first. The query compares the same expressions.
CREATE INDEX tasks_in_page_order ON tasks (user_id, (completed_at IS NOT NULL), (coalesce(due_at, 'infinity'::timestamptz)), created_at, id);

GRANT SELECT, INSERT ON lists TO task;
GRANT SELECT, INSERT, DELETE ON tasks TO task;
GRANT UPDATE (list_key, title, due_at, due_has_time, due_time_zone, completed_at, version) ON tasks TO task;
