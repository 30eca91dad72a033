-- What access tokens are refused for before they expire, for services that ask (docs/accounts.md). changed_in is the transaction
-- that wrote the row: a reader's cursor is a transaction horizon, because rows do not become visible in the order of any counter.
CREATE TABLE access_denials (
  kind text NOT NULL CHECK (kind IN ('session', 'user', 'key')),
  id text NOT NULL CHECK (length(id) BETWEEN 1 AND 100),
  minimum_version integer CHECK (minimum_version >= 0),
  expires_at timestamptz(3) NOT NULL,
  changed_in bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
  PRIMARY KEY (kind, id),
  CHECK ((kind = 'user') = (minimum_version IS NOT NULL))
);
CREATE INDEX access_denials_changed_in_idx ON access_denials (changed_in);
CREATE INDEX access_denials_expires_at_idx ON access_denials (expires_at);

GRANT SELECT, INSERT, DELETE, UPDATE (minimum_version, expires_at, changed_in) ON access_denials TO auth;
