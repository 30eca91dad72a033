-- Kept answers hold what people wrote, so they are sealed under the person's key, and what tells requests apart is a keyed hash (DATA-2).
DO $$
BEGIN
  IF EXISTS (SELECT FROM idempotent_requests) THEN
    RAISE EXCEPTION 'idempotent_requests holds answers in plain text, which cannot be sealed afterwards: stop the service, wait a day or delete the rows, and migrate again';
  END IF;
END
$$;

ALTER TABLE idempotent_requests DROP COLUMN fingerprint, DROP COLUMN answer;
ALTER TABLE idempotent_requests
  ADD COLUMN fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
  ADD COLUMN answer bytea NOT NULL;
