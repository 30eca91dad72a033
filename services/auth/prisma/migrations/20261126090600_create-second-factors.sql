-- TOTP (RFC 6238): the secret is sealed under the master key; last_step is the newest time step that was accepted, so that no code
-- is taken twice. A factor without confirmed_at is still being set up and proves nothing.
CREATE TABLE totp_factors (
  user_id text PRIMARY KEY REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  sealed_secret bytea NOT NULL,
  created_at timestamptz(3) NOT NULL,
  confirmed_at timestamptz(3),
  last_step bigint NOT NULL DEFAULT 0
);

-- code_hash is HMAC-SHA-256 under the pepper, of person and code.
CREATE TABLE recovery_codes (
  code_hash bytea PRIMARY KEY CHECK (octet_length(code_hash) = 32),
  user_id text NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  created_at timestamptz(3) NOT NULL,
  used_at timestamptz(3)
);
CREATE INDEX recovery_codes_user_id_idx ON recovery_codes (user_id);

-- WebAuthn credentials. id is the credential id in base64url.
CREATE TABLE passkeys (
  id text PRIMARY KEY CHECK (length(id) <= 1364),
  user_id text NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  public_key bytea NOT NULL CHECK (octet_length(public_key) <= 2048),
  sign_count bigint NOT NULL CHECK (sign_count >= 0),
  transports text[] NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 50),
  is_backed_up boolean NOT NULL,
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3)
);
CREATE INDEX passkeys_user_id_idx ON passkeys (user_id);

-- Ceremonies under way, by the keyed hash of their one-time ticket. purpose says what the ticket is good for and nothing else;
-- challenge is WebAuthn's, where there is one.
CREATE TABLE tickets (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  purpose text NOT NULL CHECK (purpose IN ('second-factor', 'passkey-second-factor', 'passkey-login', 'passkey-step-up', 'passkey-registration')),
  user_id text REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  session_id text,
  challenge text,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL CHECK (expires_at > created_at),
  CHECK ((user_id IS NULL) = (purpose = 'passkey-login'))
);
CREATE INDEX tickets_user_id_idx ON tickets (user_id);
CREATE INDEX tickets_expires_at_idx ON tickets (expires_at);

GRANT SELECT, INSERT, DELETE, UPDATE (confirmed_at, last_step) ON totp_factors TO auth;
GRANT SELECT, INSERT, DELETE, UPDATE (used_at) ON recovery_codes TO auth;
GRANT SELECT, INSERT, DELETE, UPDATE (sign_count, is_backed_up, last_used_at) ON passkeys TO auth;
GRANT SELECT, INSERT, DELETE ON tickets TO auth;
