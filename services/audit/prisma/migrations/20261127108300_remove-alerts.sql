-- Alerts leave when the time of security events is over (PRIV-5). The bounds are here because the service's role must not be able to pass
-- them: what gives an intruder away outlives the intruder.
CREATE INDEX alert_last_at ON alert (last_at);

-- Ids of alerts that were raised before a time sort before this. An id begins with the time at which it was made (RFC 9562 section 5.7), and
-- unlike an alert's other times nobody may change it: so an alert cannot be made to look old.
CREATE FUNCTION alert_id_at(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
  SELECT 'alr_' || left(hex, 8) || '-' || right(hex, 4)
  FROM (SELECT lpad(to_hex(floor(extract(epoch FROM moment) * 1000)::bigint), 12, '0') AS hex) AS milliseconds
$$;

CREATE FUNCTION remove_alerts(border timestamptz, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  removed integer;
BEGIN
  IF border IS NULL OR border > now() - interval '90 days' THEN
    RAISE EXCEPTION 'alerts are kept for at least 90 days' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF most IS NULL OR most NOT BETWEEN 1 AND 5000 THEN
    RAISE EXCEPTION 'from 1 to 5000 alerts at a time' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  DELETE FROM public.alert WHERE last_at < border AND id IN (
    SELECT due.id FROM public.alert AS due
    WHERE due.last_at < border AND due.id < public.alert_id_at(border) ORDER BY due.last_at LIMIT most
  );
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END
$$;

REVOKE ALL ON FUNCTION alert_id_at, remove_alerts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alert_id_at, remove_alerts TO audit;
