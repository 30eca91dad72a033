-- Which events a consumer has taken, in the transaction of their effect: none takes effect twice.
CREATE TABLE inbox (
  consumer text NOT NULL,
  event_id text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);

-- For the clean-up of rows that are older than any topic's retention.
CREATE INDEX inbox_received_at ON inbox (received_at);

DO $$
BEGIN
  EXECUTE format('GRANT SELECT, INSERT, DELETE ON inbox TO %I', current_database());
END
$$;
