-- Failures in a row by pool (AUTH-7). key_hash is HMAC-SHA-256 under the pepper of an address of mail, a device, a network or a
-- person. One statement counts and decides. failures is no whole number, because those of an address are forgiven little by little.
CREATE TABLE attempt_counters (
  pool text NOT NULL CHECK (length(pool) <= 50),
  key_hash bytea NOT NULL CHECK (octet_length(key_hash) = 32),
  failures double precision NOT NULL CHECK (failures >= 0),
  last_attempt_at timestamptz(3) NOT NULL,
  locked_until timestamptz(3),
  PRIMARY KEY (pool, key_hash)
);
CREATE INDEX attempt_counters_last_attempt_at_idx ON attempt_counters (last_attempt_at);

GRANT SELECT, INSERT, DELETE, UPDATE (failures, last_attempt_at, locked_until) ON attempt_counters TO auth;
