-- A bare hash would let whoever reads it try guesses of the text; a keyed one tells repeats of one person's attack and no more (DATA-2).
DO $$
BEGIN
  IF EXISTS (SELECT FROM decisions) THEN
    RAISE EXCEPTION 'there are decisions with bare hashes of texts, which the database cannot key: export them, empty the table, and migrate again';
  END IF;
END
$$;

ALTER TABLE decisions DROP COLUMN text_hash;
ALTER TABLE decisions ADD COLUMN text_hash bytea NOT NULL CHECK (octet_length(text_hash) = 32);

-- What a person is given of the decisions on their texts: all but the hash (PRIV-3).
GRANT SELECT (id, direction, layer, reason, score, rule_version, text_length, created_at) ON decisions TO guardrail;
