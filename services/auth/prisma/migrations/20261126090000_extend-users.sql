-- A person may be suspended or deleted; a deleted one leaves a tombstone, so that ids in the audit log keep their meaning and
-- are never given again. access_version is claim `ver` of access tokens: older tokens are refused when it grows (AUTH-11).
ALTER TABLE users
  ADD COLUMN status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'deleted')),
  ADD COLUMN access_version integer NOT NULL DEFAULT 0 CHECK (access_version >= 0),
  -- An account made by an administrator, or one with passkeys only, has no password.
  ALTER COLUMN password_hash DROP NOT NULL,
  ALTER COLUMN email DROP NOT NULL,
  ALTER COLUMN name DROP NOT NULL,
  ADD CONSTRAINT users_tombstone_is_empty CHECK (
    CASE status
      WHEN 'deleted' THEN email IS NULL AND name IS NULL AND password_hash IS NULL AND roles = ARRAY['user']
      ELSE email IS NOT NULL AND name IS NOT NULL
    END
  ),
  ADD CONSTRAINT users_roles_have_user CHECK ('user' = ANY (roles));
-- Pages of people, newest first.
CREATE INDEX users_created_at_id_idx ON users (created_at, id);

GRANT UPDATE (email, email_verified, name, password_hash, roles, status, access_version) ON users TO auth;
