-- Revoked sessions until the last of their access tokens has expired.
CREATE TABLE denied_session (
  session_id text PRIMARY KEY,
  user_id text NOT NULL,
  expires_at timestamptz NOT NULL
);

CREATE INDEX denied_session_expires_at ON denied_session (expires_at);

DO $$
BEGIN
  EXECUTE format('GRANT SELECT, INSERT, DELETE ON denied_session TO %I', current_database());
END
$$;
