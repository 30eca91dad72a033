-- One row for each request that carried an idempotency key, until a repeat of it is out of the question; the primary key is what
-- makes concurrent repeats wait for the first.
CREATE TABLE idempotent_requests (
  user_id text NOT NULL,
  key text NOT NULL CHECK (char_length(key) BETWEEN 8 AND 100),
  fingerprint text NOT NULL CHECK (char_length(fingerprint) = 64),
  answer jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key)
);

-- For the clean-up of answers that are no longer kept.
CREATE INDEX idempotent_requests_created_at ON idempotent_requests (created_at);

DO $$
BEGIN
  EXECUTE format('GRANT SELECT, INSERT, DELETE ON idempotent_requests TO %I', current_database());
END
$$;
