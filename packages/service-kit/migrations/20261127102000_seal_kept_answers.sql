-- Kept answers hold what people wrote, so they are sealed under the person's key. What a request is found by and told apart by are keyed
-- hashes: clients choose their keys as they like, and guesses of a request could be tried on a bare hash (DATA-2).
DO $$
BEGIN
  IF EXISTS (SELECT FROM idempotent_requests) THEN
    RAISE EXCEPTION 'idempotent_requests holds answers in plain text, which cannot be sealed afterwards: stop the service, wait a day or delete the rows, and migrate again';
  END IF;
END
$$;

ALTER TABLE idempotent_requests DROP COLUMN key, DROP COLUMN fingerprint, DROP COLUMN answer;
ALTER TABLE idempotent_requests
  ADD COLUMN key bytea NOT NULL CHECK (octet_length(key) = 32),
  ADD COLUMN fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
  ADD COLUMN answer bytea NOT NULL,
  ADD PRIMARY KEY (user_id, key);
