-- Versions of the settings (GUARD-5). Rows are only added: the newest version counts, and two changes of the same version cannot both get
-- in. Version 0 is the product's own and has no row. The bounds are here too, so that nobody gets around them: no editor opens the wall.
CREATE TABLE settings (
  version integer PRIMARY KEY CHECK (version > 0),
  ruleset jsonb NOT NULL,
  changed_by text NOT NULL CHECK (changed_by ~ '^usr_[0-9a-f-]{36}$'),
  changed_at timestamptz(3) NOT NULL,
  CONSTRAINT settings_within_bounds CHECK (
    coalesce(
      (ruleset #>> '{input,warn}')::numeric BETWEEN 0.1 AND 0.95
        AND (ruleset #>> '{input,block}')::numeric BETWEEN 0.2 AND 0.95
        AND (ruleset #>> '{input,warn}')::numeric <= (ruleset #>> '{input,block}')::numeric
        AND (ruleset #>> '{document,warn}')::numeric BETWEEN 0.1 AND 0.95
        AND (ruleset #>> '{document,block}')::numeric BETWEEN 0.2 AND 0.95
        AND (ruleset #>> '{document,warn}')::numeric <= (ruleset #>> '{document,block}')::numeric
        AND jsonb_array_length(ruleset -> 'customPatterns') <= 100,
      false
    )
  ),
  -- A hundred patterns with the longest names and phrases.
  CONSTRAINT settings_bounded CHECK (octet_length(ruleset::text) <= 200000)
);

GRANT SELECT, INSERT ON settings TO guardrail;
