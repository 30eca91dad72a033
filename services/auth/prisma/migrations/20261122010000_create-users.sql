-- Accounts. The e-mail arrives lower-cased and trimmed (contracts, emailSchema); the check keeps the unique index honest
-- should another writer ever forget it.
CREATE TABLE users (
  id text PRIMARY KEY CHECK (id ~ '^usr_[0-9a-f-]{36}$'),
  email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
  email_verified boolean NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  password_hash text NOT NULL CHECK (password_hash ~ '^\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}$'),
  roles text[] NOT NULL CHECK (cardinality(roles) BETWEEN 1 AND 5 AND roles <@ ARRAY['user', 'viewer', 'editor', 'admin']),
  created_at timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX users_email_key ON users (email);

GRANT SELECT, INSERT ON users TO auth;
