-- Events that wait for the relay. A row is deleted when the broker has acknowledged its event; there is no cursor, so a row that
-- commits late is found like any other.
CREATE TABLE outbox (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE,
  topic text NOT NULL,
  subject text NOT NULL,
  event jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION notify_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('outbox', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER outbox_notify AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION notify_outbox();

-- The run-time role is named as its database is.
DO $$
BEGIN
  EXECUTE format('GRANT SELECT, INSERT, DELETE ON outbox TO %I', current_database());
END
$$;
