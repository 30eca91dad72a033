-- A sign-in that waits for its second factor is worth nothing once the password has changed: password_mark is HMAC-SHA-256 under the
-- pepper of the password's hash. attempts counts its proofs, so that a ticket dies of wrong ones.
-- Those under way have no mark and would break the rule below; they live for five minutes, and whoever waits begins anew.
DELETE FROM tickets;
ALTER TABLE tickets
  ADD COLUMN password_mark bytea CHECK (octet_length(password_mark) = 32),
  ADD COLUMN attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  ADD CONSTRAINT tickets_of_second_factors_are_marked CHECK ((password_mark IS NOT NULL) = (purpose = 'second-factor'));

-- Without methods: what proved the session has been taken from the account since. Such a session is worth the role `user` alone.
ALTER TABLE sessions
  DROP CONSTRAINT sessions_methods_check,
  ADD CONSTRAINT sessions_methods_check
    CHECK (cardinality(methods) <= 4 AND methods <@ ARRAY['password', 'totp', 'recovery-code', 'passkey']);

GRANT UPDATE (attempts) ON tickets TO auth;
