-- What a person sees of their sessions (AUTH-9), how they proved themselves in them, and when last (step-up). Coarse: the
-- address has its last part zeroed.
ALTER TABLE sessions
  ADD COLUMN last_used_at timestamptz(3) NOT NULL DEFAULT now(),
  ADD COLUMN authenticated_at timestamptz(3) NOT NULL DEFAULT now(),
  ADD COLUMN methods text[] NOT NULL DEFAULT ARRAY['password']
    CHECK (cardinality(methods) BETWEEN 1 AND 4 AND methods <@ ARRAY['password', 'totp', 'recovery-code', 'passkey']),
  ADD COLUMN user_agent text CHECK (length(user_agent) <= 300),
  ADD COLUMN address text CHECK (length(address) <= 64),
  ADD COLUMN device_id text REFERENCES devices (id) ON DELETE SET NULL ON UPDATE RESTRICT;
CREATE INDEX sessions_device_id_idx ON sessions (device_id);

GRANT UPDATE (last_used_at, authenticated_at, methods, user_agent, address, device_id) ON sessions TO auth;
-- Of deleted accounts, and of sessions that ended long ago.
GRANT DELETE ON sessions, refresh_tokens TO auth;
