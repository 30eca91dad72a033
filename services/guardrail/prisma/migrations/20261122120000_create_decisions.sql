-- Judgements that blocked a text: which wall, why and when. The text itself is not kept.
CREATE TABLE decisions (
  id text PRIMARY KEY,
  user_id text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('input', 'output')),
  layer text NOT NULL CHECK (char_length(layer) <= 50),
  reason text NOT NULL CHECK (char_length(reason) <= 100),
  score double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
  rule_version text NOT NULL CHECK (char_length(rule_version) <= 50),
  text_hash text NOT NULL CHECK (char_length(text_hash) = 64),
  text_length integer NOT NULL CHECK (text_length >= 0),
  created_at timestamptz(3) NOT NULL
);

-- The service writes decisions and reads none: it may neither change nor remove what it decided.
GRANT INSERT ON decisions TO guardrail;
