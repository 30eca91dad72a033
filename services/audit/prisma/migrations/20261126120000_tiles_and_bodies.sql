-- The tree as the tiles of C2SP tlog-tiles, and entries in two parts: the leaf, which is public and stays for ever, and the body
-- that it commits to, which leaves when its time is over. What was logged before keeps its leaf, which is its own body.

CREATE TABLE body (
  -- Of the entry. No foreign key: it would lock each entry's row at each insert, and the verifier finds a body without an entry.
  index bigint PRIMARY KEY,
  -- Canonical bytes (README.md, "Entry format"); the columns below only repeat what they say.
  body bytea NOT NULL CHECK (octet_length(body) BETWEEN 1 AND 65535),
  time timestamptz NOT NULL,
  service text NOT NULL,
  actor_id text,
  category text NOT NULL,
  action text NOT NULL,
  success boolean NOT NULL,
  object_type text,
  object_id text,
  address text,
  trace_id text,
  retention_class text NOT NULL
);

CREATE TABLE tile (
  -- 256 hashes of complete subtrees of 256^level entries each, from hash index * 256 on. Partial tiles are not stored: at level 0
  -- they are entry.leaf_hash, above it tile.root_hash of the level below.
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 6),
  index bigint NOT NULL CHECK (index >= 0),
  hashes bytea NOT NULL CHECK (octet_length(hashes) = 8192),
  root_hash bytea NOT NULL CHECK (octet_length(root_hash) = 32),
  PRIMARY KEY (level, index)
);

INSERT INTO body
SELECT entry.index, leaf, time, event->>'service', actor_id, event->>'category', action, (event->>'success')::boolean,
       event->'object'->>'type', event->'object'->>'id', event->'metadata'->>'address', event->>'traceId',
       event->>'retentionClass'
-- jsonb refuses U+0000, which no column could hold either; a backslash that is itself escaped does not begin one.
FROM entry, LATERAL (
  SELECT regexp_replace(convert_from(leaf, 'UTF8'), '(?<!\\)((?:\\\\)*)\\u0000', '\1', 'g')::jsonb->'event' AS event
) AS said;

INSERT INTO tile
SELECT full_tile.level, full_tile.index, hashes, node.hash
FROM (
  SELECT 0 AS level, index / 256 AS index, string_agg(leaf_hash, '' ORDER BY index) AS hashes
  FROM entry GROUP BY index / 256 HAVING count(*) = 256
  UNION ALL
  SELECT level / 8, index / 256, string_agg(hash, '' ORDER BY index)
  FROM node WHERE level % 8 = 0 GROUP BY level, index / 256 HAVING count(*) = 256
) AS full_tile
JOIN node ON node.level = 8 * (full_tile.level + 1) AND node.index = full_tile.index;

DROP TABLE node;
ALTER TABLE entry DROP COLUMN time, DROP COLUMN actor_id, DROP COLUMN action;

-- Each with the index, because pages go by it.
CREATE INDEX body_actor_index ON body (actor_id, index) WHERE actor_id IS NOT NULL;
CREATE INDEX body_object_index ON body (object_id, index) WHERE object_id IS NOT NULL;
CREATE INDEX body_action_index ON body (action, index);
CREATE INDEX body_address_index ON body (address, index) WHERE address IS NOT NULL;
CREATE INDEX body_trace_index ON body (trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX body_failure_index ON body (index) WHERE NOT success;
CREATE INDEX body_time_index ON body USING brin (time);

CREATE TRIGGER body_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON body
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tile_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON tile
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE body ENABLE ALWAYS TRIGGER body_only_grows;
ALTER TABLE tile ENABLE ALWAYS TRIGGER tile_only_grows;

GRANT SELECT, INSERT ON body, tile TO audit;
