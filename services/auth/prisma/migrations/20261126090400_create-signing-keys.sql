-- Keys that sign access tokens (AUTH-2). sealed_private_key is AES-256-GCM under the master key, which the database never sees; it
-- is destroyed when the key signs no more.
CREATE TABLE signing_keys (
  kid text PRIMARY KEY CHECK (length(kid) = 43),
  state text NOT NULL CHECK (state IN ('published', 'active', 'retired', 'revoked')),
  modulus text NOT NULL,
  exponent text NOT NULL,
  sealed_private_key bytea,
  published_at timestamptz(3) NOT NULL,
  activated_at timestamptz(3),
  retired_at timestamptz(3),
  CHECK ((sealed_private_key IS NOT NULL) = (state IN ('published', 'active'))),
  CHECK ((retired_at IS NOT NULL) = (state IN ('retired', 'revoked')))
);
-- At most one key signs, and at most one waits.
CREATE UNIQUE INDEX signing_keys_active_key ON signing_keys (state) WHERE state = 'active';
CREATE UNIQUE INDEX signing_keys_published_key ON signing_keys (state) WHERE state = 'published';

GRANT SELECT, INSERT, DELETE, UPDATE (state, sealed_private_key, activated_at, retired_at) ON signing_keys TO auth;
