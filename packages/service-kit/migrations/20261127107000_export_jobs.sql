-- Exports that this service still has to give its share of, and, for a day, those that it has given it to (PRIV-3): a request that is
-- delivered or asked again changes nothing.
CREATE TABLE export_jobs (
  export_id text PRIMARY KEY,
  user_id text NOT NULL,
  requested_at timestamptz NOT NULL,
  -- Counts the attempts. Whoever claims the job takes the next number; a worker whose number is not the newest any more writes nothing.
  run integer NOT NULL DEFAULT 0,
  -- Nobody else claims it before.
  due_at timestamptz NOT NULL,
  done_at timestamptz
);

DO $$
BEGIN
  EXECUTE format('GRANT SELECT, INSERT, DELETE ON export_jobs TO %I', current_database());
  EXECUTE format('GRANT UPDATE (run, due_at, done_at) ON export_jobs TO %I', current_database());
END
$$;
