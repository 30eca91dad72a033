-- What is a person's is sealed under their data key (DATA-2): email, name, user_agent, address and the names that they give. The
-- limits are those of the plain text, four bytes of UTF-8 to a character, and what the seal adds.
-- email_index is HMAC-SHA-256 of the address under a key that the database never sees: an address is found, and is unique, by it.
DO $$
BEGIN
  IF EXISTS (SELECT FROM users) THEN
    RAISE EXCEPTION 'There are accounts whose addresses and names are not sealed, and this version cannot seal them. Nothing was changed.';
  END IF;
END
$$;

ALTER TABLE users
  DROP CONSTRAINT users_tombstone_is_empty,
  DROP COLUMN email,
  DROP COLUMN name,
  ADD COLUMN email bytea CHECK (octet_length(email) <= 1045),
  ADD COLUMN email_index bytea CHECK (octet_length(email_index) = 32),
  ADD COLUMN name bytea CHECK (octet_length(name) <= 429),
  ADD CONSTRAINT users_tombstone_is_empty CHECK (
    CASE status
      WHEN 'deleted' THEN email IS NULL AND email_index IS NULL AND name IS NULL AND password_hash IS NULL AND roles = ARRAY['user']
      ELSE email IS NOT NULL AND email_index IS NOT NULL AND name IS NOT NULL
    END
  );
CREATE UNIQUE INDEX users_email_index_key ON users (email_index);

ALTER TABLE sessions
  DROP COLUMN user_agent,
  DROP COLUMN address,
  ADD COLUMN user_agent bytea CHECK (octet_length(user_agent) <= 1229),
  ADD COLUMN address bytea CHECK (octet_length(address) <= 285);

ALTER TABLE passkeys DROP COLUMN name, ADD COLUMN name bytea NOT NULL CHECK (octet_length(name) <= 229);
ALTER TABLE api_keys DROP COLUMN name, ADD COLUMN name bytea NOT NULL CHECK (octet_length(name) <= 229);

-- email_index: by it, a link is good only for the address that its account still has.
ALTER TABLE email_links
  DROP COLUMN email,
  ADD COLUMN email bytea NOT NULL CHECK (octet_length(email) <= 1045),
  ADD COLUMN email_index bytea NOT NULL CHECK (octet_length(email_index) = 32);

GRANT UPDATE (email, email_index, name) ON users TO auth;
GRANT UPDATE (user_agent, address) ON sessions TO auth;
