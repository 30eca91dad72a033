-- Mailed links (AUTH-13), by the keyed hash of their token. email is the address that the link proves; it is forgotten with the row.
CREATE TABLE email_links (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  purpose text NOT NULL CHECK (purpose IN ('verify-email', 'change-email', 'reset-password')),
  user_id text NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  email text NOT NULL CHECK (length(email) <= 254),
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL CHECK (expires_at > created_at)
);
CREATE INDEX email_links_user_id_idx ON email_links (user_id);
CREATE INDEX email_links_expires_at_idx ON email_links (expires_at);

-- Mail that waits to be sent. sealed_mail is AES-256-GCM under the master key: it holds an address, and may hold a link.
CREATE TABLE mail_queue (
  id text PRIMARY KEY CHECK (id ~ '^mel_[0-9a-f-]{36}$'),
  sealed_mail bytea NOT NULL CHECK (octet_length(sealed_mail) <= 65536),
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  created_at timestamptz(3) NOT NULL,
  next_attempt_at timestamptz(3) NOT NULL
);
CREATE INDEX mail_queue_next_attempt_at_idx ON mail_queue (next_attempt_at);

GRANT SELECT, INSERT, DELETE ON email_links TO auth;
GRANT SELECT, INSERT, DELETE, UPDATE (attempts, next_attempt_at, sealed_mail) ON mail_queue TO auth;
