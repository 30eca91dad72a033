-- The security monitoring (OBS-3): how far the log was watched, what each rule remembers, what it found, and how rules were changed.

-- One row: the index of the entry that comes next. What was logged before there was a monitor is not judged.
CREATE TABLE monitor_position (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  next_index bigint NOT NULL CHECK (next_index >= 0)
);
INSERT INTO monitor_position (next_index) SELECT coalesce(max(index) + 1, 0) FROM entry;

-- What a rule remembers of a group (an account, an address, a service; '' where it has no groups): hits that may still add up to an
-- alert, and hashes of what a person was seen with. Both are bounded lists (src/domain/evaluateRule.ts).
CREATE TABLE rule_memory (
  rule_id text NOT NULL,
  group_key text NOT NULL CHECK (length(group_key) <= 100),
  hits jsonb NOT NULL,
  seen jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (rule_id, group_key)
);
CREATE INDEX rule_memory_updated_at_index ON rule_memory (rule_id, updated_at);

CREATE TABLE alert (
  -- A UUIDv7 with a prefix: in the order in which alerts were raised.
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^alr_[0-9a-f-]{36}$'),
  rule_id text NOT NULL,
  group_key text NOT NULL CHECK (length(group_key) <= 100),
  title text NOT NULL,
  severity text NOT NULL CHECK (severity IN ('info', 'warning', 'high', 'critical')),
  count integer NOT NULL CHECK (count > 0),
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  entry_indexes bigint[] NOT NULL CHECK (cardinality(entry_indexes) <= 20),
  acknowledged_by text,
  acknowledged_at timestamptz,
  resolution text CHECK (resolution IN ('handled', 'false-alarm', 'expected')),
  CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL) AND (acknowledged_at IS NULL) = (resolution IS NULL))
);
-- One open alert for each rule and group, whatever the code does.
CREATE UNIQUE INDEX alert_open_index ON alert (rule_id, group_key) WHERE acknowledged_at IS NULL;

-- Rules come with the code; this is what people changed of them, and it only grows.
CREATE TABLE alert_rule_change (
  rule_id text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  enabled boolean NOT NULL,
  severity text NOT NULL CHECK (severity IN ('info', 'warning', 'high', 'critical')),
  threshold integer NOT NULL CHECK (threshold BETWEEN 1 AND 1000),
  window_seconds integer NOT NULL CHECK (window_seconds BETWEEN 1 AND 31536000),
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (rule_id, version)
);

GRANT SELECT, UPDATE (next_index) ON monitor_position TO audit;
GRANT SELECT, INSERT, UPDATE, DELETE ON rule_memory TO audit;
GRANT SELECT, INSERT,
  UPDATE (count, first_at, last_at, entry_indexes, acknowledged_by, acknowledged_at, resolution) ON alert TO audit;
GRANT SELECT, INSERT ON alert_rule_change TO audit;
