-- One data key for each person, wrapped by a master key that the database never sees (DATA-2). No reference to users: a key is
-- destroyed on its own, and what it sealed elsewhere is gone with it.
CREATE TABLE data_keys (
  person_id text PRIMARY KEY,
  wrapped_key bytea NOT NULL,
  -- Which master key wraps it.
  master_key_id text NOT NULL,
  created_at timestamptz(3) NOT NULL
);
CREATE INDEX data_keys_master_key_id_idx ON data_keys (master_key_id);

-- Whose key is gone for good. Backed up with the keys: what a restore brings back of these people stays sealed, and is erased again.
CREATE TABLE destroyed_keys (
  person_id text PRIMARY KEY,
  destroyed_at timestamptz(3) NOT NULL
);

-- A key that was destroyed is never made again.
CREATE FUNCTION refuse_destroyed_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM destroyed_keys WHERE person_id = NEW.person_id) THEN
    RAISE EXCEPTION 'the data key of % was destroyed', NEW.person_id;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER data_keys_stay_destroyed BEFORE INSERT ON data_keys FOR EACH ROW EXECUTE FUNCTION refuse_destroyed_key();

GRANT SELECT, INSERT, DELETE ON data_keys TO auth;
GRANT UPDATE (wrapped_key, master_key_id) ON data_keys TO auth;
GRANT SELECT, INSERT ON destroyed_keys TO auth;
