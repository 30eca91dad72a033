-- Keys of programs (AUTH-12). key_hash is HMAC-SHA-256 under the pepper; hint is the key's first characters, to tell keys apart.
CREATE TABLE api_keys (
  id text PRIMARY KEY CHECK (id ~ '^key_[0-9a-f-]{36}$'),
  user_id text NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  key_hash bytea NOT NULL CHECK (octet_length(key_hash) = 32),
  hint text NOT NULL CHECK (length(hint) <= 12),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
  scopes text[] NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 10),
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL CHECK (expires_at > created_at),
  revoked_at timestamptz(3),
  last_used_at timestamptz(3)
);
CREATE UNIQUE INDEX api_keys_key_hash_key ON api_keys (key_hash);
CREATE INDEX api_keys_user_id_idx ON api_keys (user_id);

GRANT SELECT, INSERT, DELETE, UPDATE (revoked_at, last_used_at) ON api_keys TO auth;
