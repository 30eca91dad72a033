-- The tamper-evident log (AUD-3): entries, the complete subtrees of the Merkle tree over them (RFC 6962) and a signed
-- checkpoint for each batch. Rows are only ever added.

CREATE TABLE entry (
  -- Place in the log, from 0, without gaps.
  index bigint PRIMARY KEY CHECK (index >= 0),
  -- Once in the log, however often the broker delivers it.
  event_id text NOT NULL UNIQUE,
  time timestamptz NOT NULL,
  actor_id text,
  action text NOT NULL,
  -- Canonical bytes (README.md, "Entry format"); the columns above only repeat what they say.
  leaf bytea NOT NULL CHECK (octet_length(leaf) BETWEEN 1 AND 65535),
  leaf_hash bytea NOT NULL CHECK (octet_length(leaf_hash) = 32)
);

CREATE INDEX entry_actor_id_index ON entry (actor_id, index);
CREATE INDEX entry_action_index ON entry (action, index);

CREATE TABLE node (
  -- The subtree of 2^level leaves that starts at leaf index * 2^level. Level 0 is entry.leaf_hash.
  level smallint NOT NULL CHECK (level BETWEEN 1 AND 52),
  index bigint NOT NULL CHECK (index >= 0),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (level, index)
);

CREATE TABLE checkpoint (
  tree_size bigint PRIMARY KEY CHECK (tree_size >= 0),
  root_hash bytea NOT NULL CHECK (octet_length(root_hash) = 32),
  -- C2SP signed note over origin, size and root.
  note text NOT NULL,
  created_at timestamptz NOT NULL
);

-- The run-time role has no right to change rows. The triggers stop everybody else, the owner included, from doing it by
-- accident; an owner who drops them is found by the verifier.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log only grows: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER node_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON node
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoint_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ALWAYS: setting session_replication_role must not switch them off.
ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_only_grows;
ALTER TABLE node ENABLE ALWAYS TRIGGER node_only_grows;
ALTER TABLE checkpoint ENABLE ALWAYS TRIGGER checkpoint_only_grows;

GRANT SELECT, INSERT ON entry, node, checkpoint TO audit;
