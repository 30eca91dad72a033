-- How many mails were asked for within an hour, by pool and key: an address of mail or an account, as HMAC-SHA-256 under the pepper.
-- One statement counts and decides, so that nobody's mailbox can be flooded (AUTH-13).
CREATE TABLE mail_allowances (
  pool text NOT NULL CHECK (pool IN ('address', 'account')),
  key_hash bytea NOT NULL CHECK (octet_length(key_hash) = 32),
  used integer NOT NULL CHECK (used > 0),
  renewed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (pool, key_hash)
);
CREATE INDEX mail_allowances_renewed_at_idx ON mail_allowances (renewed_at);

GRANT SELECT, INSERT, DELETE, UPDATE (used, renewed_at) ON mail_allowances TO auth;
