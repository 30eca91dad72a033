-- What the retention of this service did (PRIV-5). A row is written with the first batch that it is of, in its transaction, so that nothing
-- is ever deleted without one.
CREATE TABLE retention_runs (
  id text PRIMARY KEY CHECK (id ~ '^run_[0-9a-f-]{36}$'),
  class text NOT NULL CHECK (class IN ('conversation', 'booking', 'task-execution', 'security')),
  days integer NOT NULL CHECK (days > 0),
  -- What was older than this was due.
  before timestamptz(3) NOT NULL,
  -- How many rows went, by what they were.
  deleted jsonb NOT NULL CHECK (octet_length(deleted::text) <= 1000),
  started_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  outcome text NOT NULL CHECK (outcome IN ('running', 'done', 'to-be-continued', 'failed', 'interrupted')),
  CHECK ((finished_at IS NULL) = (outcome = 'running'))
);
CREATE INDEX retention_runs_started_at ON retention_runs (started_at);

DO $$
BEGIN
  EXECUTE format('GRANT SELECT, INSERT, DELETE, UPDATE (deleted, finished_at, outcome) ON retention_runs TO %I', current_database());
END
$$;
