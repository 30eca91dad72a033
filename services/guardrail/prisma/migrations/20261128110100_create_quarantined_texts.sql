-- Texts that were blocked or warned of, for review: only of people who agreed to it, sealed under their key, for the period of the class
-- `quarantine` (GUARD-5, PRIV-2, PRIV-5).
CREATE TABLE quarantined_texts (
  decision_id text PRIMARY KEY REFERENCES decisions (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  user_id text NOT NULL,
  -- A seal adds 29 bytes; the longest text has 16,000 UTF-16 units of three bytes each.
  sealed_text bytea NOT NULL CHECK (octet_length(sealed_text) BETWEEN 30 AND 48029),
  created_at timestamptz(3) NOT NULL
);
CREATE INDEX quarantined_texts_of_person ON quarantined_texts (user_id);
CREATE INDEX quarantined_texts_created_at ON quarantined_texts (created_at);

-- Who took the consent back, and from which version of their access on it may count again: a request that was under way with an older
-- token must not keep a text after those that were kept have gone.
CREATE TABLE withdrawals (
  user_id text PRIMARY KEY,
  minimum_version integer NOT NULL CHECK (minimum_version >= 0),
  withdrawn_at timestamptz(3) NOT NULL
);

GRANT SELECT, INSERT, DELETE ON quarantined_texts TO guardrail;
GRANT SELECT, INSERT, UPDATE (minimum_version, withdrawn_at), DELETE ON withdrawals TO guardrail;
