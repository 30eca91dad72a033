-- Name, e-mail and phone are sealed under the key of their person (DATA-2).
DO $$
BEGIN
  IF EXISTS (SELECT FROM bookings) THEN
    RAISE EXCEPTION 'there are bookings with contacts in plain text, which the database cannot seal: export them, empty the table, and migrate again';
  END IF;
END
$$;

ALTER TABLE bookings DROP COLUMN name, DROP COLUMN email, DROP COLUMN phone;

-- A seal adds 29 bytes; a UTF-16 code unit takes up to three bytes of UTF-8, and a name has 100 of them. The others are ASCII.
ALTER TABLE bookings
  ADD COLUMN name bytea NOT NULL CHECK (octet_length(name) BETWEEN 30 AND 329),
  ADD COLUMN email bytea NOT NULL CHECK (octet_length(email) BETWEEN 30 AND 283),
  ADD COLUMN phone bytea NOT NULL CHECK (octet_length(phone) BETWEEN 30 AND 45);
