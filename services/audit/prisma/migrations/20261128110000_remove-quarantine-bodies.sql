-- The class of texts that the guardrail refused: the log holds none of it, and would keep it for as long as other evidence (PRIV-5).

-- Removes the oldest bodies of a class that happened and were stored before the border, `most` at a time, and gives what it removed, so
-- that the service can hold it against the leaves. The bounds are here because the service's role must not be able to pass them:
-- evidence of an intrusion outlives the intruder.
CREATE OR REPLACE FUNCTION remove_bodies(class text, border timestamptz, run text, most integer)
RETURNS TABLE (removed_index bigint, event_id text, leaf bytea, body bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  -- Longer than events wait in Kafka (7 days) and than messages stay for conversations (PRIV-5); none for what is kept for ever.
  least_period CONSTANT interval := CASE class
    WHEN 'conversation' THEN interval '30 days'
    WHEN 'booking' THEN interval '90 days'
    WHEN 'task-execution' THEN interval '90 days'
    WHEN 'security' THEN interval '90 days'
    WHEN 'quarantine' THEN interval '90 days'
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
