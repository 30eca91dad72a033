-- One row for each request that carried an idempotency key; the primary key is what makes concurrent repeats wait for the first.
CREATE TABLE idempotent_requests (
  user_id text NOT NULL,
  key text NOT NULL CHECK (char_length(key) BETWEEN 8 AND 100),
  fingerprint text NOT NULL CHECK (char_length(fingerprint) = 64),
  answer jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (user_id, key)
);

-- For the sweep of answers that are no longer kept.
CREATE INDEX idempotent_requests_by_age ON idempotent_requests (created_at);

GRANT SELECT, INSERT, DELETE ON idempotent_requests TO booking;
