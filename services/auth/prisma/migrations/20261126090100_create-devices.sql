-- Browsers that signed in before: their attempts are counted apart from everybody else's, so that an attack on an account does
-- not lock its owner out (AUTH-7). token_hash is HMAC-SHA-256 under the pepper.
CREATE TABLE devices (
  id text PRIMARY KEY CHECK (id ~ '^dev_[0-9a-f-]{36}$'),
  user_id text NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX devices_token_hash_key ON devices (token_hash);
CREATE INDEX devices_user_id_idx ON devices (user_id);

GRANT SELECT, INSERT, DELETE, UPDATE (last_used_at) ON devices TO auth;
