-- Done tasks and lists by their age, for the retention (PRIV-5).
CREATE INDEX tasks_completed_at ON tasks (completed_at) WHERE completed_at IS NOT NULL;
CREATE INDEX tasks_of_list ON tasks (user_id, list_key);
CREATE INDEX lists_created_at ON lists (created_at);
