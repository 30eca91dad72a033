-- What the watches over services, dead letters, the log and what it holds remember between rounds (OBS-3, AUD-6).

CREATE TABLE heartbeat (
  service text PRIMARY KEY,
  -- When anything of the service came through ingestion last.
  last_seen timestamptz NOT NULL,
  -- How its present silence was reported: alone, or as one of all; null: not.
  reported_as text CHECK (reported_as IN ('service', 'all'))
);

CREATE TABLE dead_letter_position (
  topic text NOT NULL,
  partition integer NOT NULL CHECK (partition >= 0),
  -- End of the partition when it was looked at last.
  next_offset bigint NOT NULL CHECK (next_offset >= 0),
  PRIMARY KEY (topic, partition)
);

-- Trees that a verification of the whole log found sound: later ones must be continuations.
CREATE TABLE verified_tree (
  tree_size bigint PRIMARY KEY CHECK (tree_size >= 0),
  root_hash bytea NOT NULL CHECK (octet_length(root_hash) = 32),
  verified_at timestamptz NOT NULL
);

CREATE TRIGGER verified_tree_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON verified_tree
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE verified_tree ENABLE ALWAYS TRIGGER verified_tree_only_grows;

CREATE TABLE entry_scan (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  -- Bodies before it were scanned.
  next_index bigint NOT NULL CHECK (next_index >= 0)
);

CREATE TABLE log_scan (
  -- Of the file, within the folder.
  name text PRIMARY KEY,
  -- By its first bytes a file is known again after it was rotated, by renaming or by copying.
  prefix_length integer NOT NULL CHECK (prefix_length > 0),
  prefix_hash text NOT NULL,
  -- Bytes before it were scanned.
  next_offset bigint NOT NULL CHECK (next_offset >= 0)
);

GRANT SELECT, INSERT ON verified_tree TO audit;
GRANT SELECT, INSERT, UPDATE ON heartbeat, dead_letter_position, entry_scan TO audit;
GRANT SELECT, INSERT, UPDATE, DELETE ON log_scan TO audit;
