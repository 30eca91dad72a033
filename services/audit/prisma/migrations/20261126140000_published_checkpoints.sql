-- Checkpoints with the witness's cosignature: what has been published. Rows are only ever added.

CREATE TABLE published_checkpoint (
  -- No foreign key to checkpoint: a key that is looked up would lock its row, and the verifier finds one without the other.
  tree_size bigint NOT NULL CHECK (tree_size >= 0),
  -- The checkpoint's note with the cosignature line.
  note text NOT NULL CHECK (octet_length(note) <= 4000),
  published_at timestamptz NOT NULL,
  -- A log that does not grow is cosigned again from time to time, so that its readers know that it is the newest one.
  PRIMARY KEY (tree_size, published_at)
);

CREATE TRIGGER published_checkpoint_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON published_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE published_checkpoint ENABLE ALWAYS TRIGGER published_checkpoint_only_grows;

GRANT SELECT, INSERT ON published_checkpoint TO audit;
