-- Master keys that ever wrapped data keys, by an id that says nothing of them (DATA-2). The keys themselves are in the secret store.
-- retiring: wraps nothing new, and what it wraps is wrapped anew by the active one. retired: wraps nothing, and is thrown away.
CREATE TABLE master_keys (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
  state text NOT NULL CHECK (state IN ('active', 'retiring', 'retired')),
  activated_at timestamptz(3) NOT NULL,
  -- When another one took its place.
  replaced_at timestamptz(3),
  retired_at timestamptz(3),
  CHECK ((replaced_at IS NULL) = (state = 'active')),
  CHECK ((retired_at IS NOT NULL) = (state = 'retired'))
);
CREATE UNIQUE INDEX master_keys_active_key ON master_keys (state) WHERE state = 'active';
CREATE UNIQUE INDEX master_keys_retiring_key ON master_keys (state) WHERE state = 'retiring';

-- Nothing is wrapped by a key that is retired, or that nobody knows. The lock makes a key's retirement wait for what is being wrapped
-- by it, so that it then sees that row.
CREATE FUNCTION refuse_unusable_master_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM master_keys WHERE id = NEW.master_key_id AND state <> 'retired' FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'master key % is not in use', NEW.master_key_id;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER data_keys_wrapped_by_usable_key BEFORE INSERT OR UPDATE OF master_key_id ON data_keys
  FOR EACH ROW EXECUTE FUNCTION refuse_unusable_master_key();

-- What the service seals for itself lies under a data key of its own from now on. While there is no account, the keys that sign have
-- signed nothing, and no mail waits for anybody: both are made anew.
DO $$
BEGIN
  IF EXISTS (SELECT FROM users) THEN
    RAISE EXCEPTION 'There are accounts, and with them signing keys and mails under the master key itself. Nothing was changed.';
  END IF;
END
$$;
DELETE FROM signing_keys;
DELETE FROM mail_queue;

GRANT SELECT, INSERT, UPDATE (state, replaced_at, retired_at) ON master_keys TO auth;
