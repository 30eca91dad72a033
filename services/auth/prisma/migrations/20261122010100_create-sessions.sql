-- A session is one sign-in; its refresh tokens form one chain of generations, of which only the newest is unused.
CREATE TABLE sessions (
  id text PRIMARY KEY CHECK (id ~ '^ses_[0-9a-f-]{36}$'),
  user_id text NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  created_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3)
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);

-- token_hash and used_by_client are HMAC-SHA-256 under the pepper, which the database never sees.
CREATE TABLE refresh_tokens (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  session_id text NOT NULL REFERENCES sessions (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  generation integer NOT NULL CHECK (generation >= 0),
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL CHECK (expires_at > created_at),
  used_at timestamptz(3),
  used_by_client bytea CHECK (octet_length(used_by_client) = 32),
  CHECK ((used_at IS NULL) = (used_by_client IS NULL))
);
-- A second successor of the same token cannot exist (AUTH-3).
CREATE UNIQUE INDEX refresh_tokens_session_id_generation_key ON refresh_tokens (session_id, generation);

GRANT SELECT, INSERT, UPDATE (revoked_at) ON sessions TO auth;
GRANT SELECT, INSERT, UPDATE (used_at, used_by_client) ON refresh_tokens TO auth;
