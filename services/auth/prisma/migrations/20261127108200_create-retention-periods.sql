-- Changes of the periods of retention (PRIV-5). A class without a row has its default. Rows are only added: the newest version counts, and
-- two changes of the same version cannot both get in. The bounds are here too, so that nobody gets around them.
CREATE TABLE retention_periods (
  class text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  days integer NOT NULL,
  changed_by text NOT NULL CHECK (changed_by ~ '^usr_[0-9a-f-]{36}$'),
  changed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (class, version),
  CONSTRAINT retention_periods_within_bounds CHECK (
    CASE class
      WHEN 'conversation' THEN days BETWEEN 30 AND 365
      WHEN 'booking' THEN days BETWEEN 30 AND 1095
      WHEN 'task-execution' THEN days BETWEEN 30 AND 1095
      WHEN 'security' THEN days BETWEEN 90 AND 1095
      ELSE false
    END
  )
);

GRANT SELECT, INSERT ON retention_periods TO auth;
