-- Bodies leave when their time is over (PRIV-5); their leaves stay, so every proof stays valid. A body goes only together with a row that
-- names the run that took it, and the verifier accepts that row only when the run's entry in the log accounts for it.

CREATE TABLE removed_body (
  index bigint PRIMARY KEY,
  -- Object of the entry `audit.remove-bodies` that the same transaction appends.
  run_id text NOT NULL
);

DROP TRIGGER body_only_grows ON body;

-- By the clock of the database, which nobody who writes events can set: neither a producer's time nor the service's own makes an entry
-- old enough to lose its body.
ALTER TABLE body ADD COLUMN stored_at timestamptz;
UPDATE body SET stored_at = (
  SELECT created_at FROM checkpoint WHERE tree_size > body.index ORDER BY tree_size LIMIT 1
);
ALTER TABLE body ALTER COLUMN stored_at SET DEFAULT now(), ALTER COLUMN stored_at SET NOT NULL;

-- What is due of one class, and nothing but that, however many bodies are not.
CREATE INDEX body_retention_index ON body (retention_class, stored_at);

-- It looks at what is there, not at who asks: so it holds for the owner as well, as long as he does not mean harm.
CREATE FUNCTION refuse_unaccounted_removal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM gone WHERE NOT EXISTS (SELECT FROM public.removed_body WHERE removed_body.index = gone.index)
  ) THEN
    RAISE EXCEPTION 'the audit log only grows: % on % is refused', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege', DETAIL = 'no run of the retention accounts for a body';
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER body_only_grows BEFORE UPDATE OR TRUNCATE ON body
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER body_removal_accounted AFTER DELETE ON body REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_unaccounted_removal();
CREATE TRIGGER removed_body_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON removed_body
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE body ENABLE ALWAYS TRIGGER body_only_grows;
ALTER TABLE body ENABLE ALWAYS TRIGGER body_removal_accounted;
ALTER TABLE removed_body ENABLE ALWAYS TRIGGER removed_body_only_grows;

-- Removes the oldest bodies of a class that happened and were stored before the border, `most` at a time, and gives what it removed, so
-- that the service can hold it against the leaves. The bounds are here because the service's role must not be able to pass them:
-- evidence of an intrusion outlives the intruder.
CREATE FUNCTION remove_bodies(class text, border timestamptz, run text, most integer)
RETURNS TABLE (removed_index bigint, event_id text, leaf bytea, body bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  -- Longer than events wait in Kafka (7 days) and than messages stay for conversations (PRIV-5); none for what is kept for ever.
  least_period CONSTANT interval := CASE class
    WHEN 'conversation' THEN interval '30 days'
    WHEN 'booking' THEN interval '90 days'
    WHEN 'task-execution' THEN interval '90 days'
    WHEN 'security' THEN interval '90 days'
  END;
BEGIN
  IF least_period IS NULL THEN
    RAISE EXCEPTION 'bodies of this class are kept' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF border IS NULL OR border > now() - least_period THEN
    RAISE EXCEPTION 'bodies of class % are kept for at least %', class, least_period
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  -- Few enough to stay far below the statement time-out while the log waits.
  IF most IS NULL OR most NOT BETWEEN 1 AND 5000 THEN
    RAISE EXCEPTION 'from 1 to 5000 bodies at a time' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF run IS NULL OR run !~ '^run_[0-9a-f-]{36}$' THEN
    RAISE EXCEPTION 'a run has an id' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  RETURN QUERY
    WITH due AS (
      SELECT kept.index FROM public.body AS kept
      WHERE kept.retention_class = class AND kept.stored_at < border AND kept.time < border
      ORDER BY kept.stored_at, kept.index LIMIT most
    ), noted AS (
      INSERT INTO public.removed_body (index, run_id) SELECT due.index, run FROM due
    ), gone AS (
      DELETE FROM public.body AS kept USING due WHERE kept.index = due.index RETURNING kept.index, kept.body
    )
    SELECT gone.index, entry.event_id, entry.leaf, gone.body
    FROM gone JOIN public.entry ON entry.index = gone.index ORDER BY gone.index;
END
$$;

REVOKE ALL ON FUNCTION remove_bodies FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_bodies TO audit;
GRANT SELECT ON removed_body TO audit;
-- All columns but the one that only the database's clock fills.
REVOKE INSERT ON body FROM audit;
GRANT INSERT (index, body, time, service, actor_id, category, action, success, object_type, object_id, address, trace_id,
              retention_class) ON body TO audit;
