-- Erasures of persons (PRIV-4), which outlive them: ids, times and counts, and nothing else of anybody. There is one for each person,
-- so that an account cannot be erased twice at once.
CREATE TABLE erasures (
  id text PRIMARY KEY CHECK (id ~ '^ers_[0-9a-f-]{36}$'),
  person_id text NOT NULL UNIQUE,
  state text NOT NULL CHECK (state IN ('held', 'under-way', 'complete')),
  requested_by text NOT NULL CHECK (requested_by IN ('person', 'administrator')),
  -- Of the secret in the link to its progress.
  token_hash bytea NOT NULL,
  requested_at timestamptz(3) NOT NULL,
  -- From here on only while no legal hold stops it.
  deadline_at timestamptz(3),
  -- When it was reported that the deadline had passed.
  overdue_at timestamptz(3),
  -- How often the services were asked, and when they are asked again.
  requests integer NOT NULL DEFAULT 0 CHECK (requests >= 0),
  next_request_at timestamptz(3),
  completed_at timestamptz(3),
  -- The audit event that certifies it.
  certificate_id text,
  CONSTRAINT erasures_state_is_true CHECK (
    (state = 'held') = (deadline_at IS NULL)
    AND (state = 'under-way') = (next_request_at IS NOT NULL)
    AND (state = 'complete') = (completed_at IS NOT NULL)
    AND (state = 'complete') = (certificate_id IS NOT NULL)
  )
);
-- Pages of erasures, newest first.
CREATE INDEX erasures_requested_at_id_idx ON erasures (requested_at, id);
-- What the worker looks for.
CREATE INDEX erasures_next_request_at_idx ON erasures (next_request_at);

-- What each service said, once.
CREATE TABLE erasure_receipts (
  erasure_id text NOT NULL REFERENCES erasures (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  service text NOT NULL,
  event_id text NOT NULL,
  -- How many rows went, by what they were.
  rows jsonb NOT NULL,
  erased_at timestamptz(3) NOT NULL,
  PRIMARY KEY (erasure_id, service)
);

-- Whose data must not be erased, and why: the reason is sealed under the person's key.
CREATE TABLE legal_holds (
  person_id text PRIMARY KEY,
  sealed_reason bytea NOT NULL,
  placed_by text NOT NULL,
  placed_at timestamptz(3) NOT NULL
);

GRANT SELECT, INSERT ON erasures TO auth;
GRANT UPDATE (state, deadline_at, overdue_at, requests, next_request_at, completed_at, certificate_id) ON erasures TO auth;
GRANT SELECT, INSERT ON erasure_receipts TO auth;
GRANT SELECT, INSERT, DELETE ON legal_holds TO auth;
GRANT UPDATE (sealed_reason, placed_by, placed_at) ON legal_holds TO auth;
