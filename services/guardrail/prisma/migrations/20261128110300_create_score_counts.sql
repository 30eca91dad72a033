-- How many texts of an hour had which score and verdict: numbers about nobody, from which a preview and the drift are reckoned.
CREATE TABLE score_counts (
  hour timestamptz(3) NOT NULL,
  direction text NOT NULL CHECK (direction IN ('input', 'document', 'output')),
  -- The score in hundredths, rounded down: thresholds have two decimals.
  hundredths smallint NOT NULL CHECK (hundredths BETWEEN 0 AND 100),
  verdict text NOT NULL CHECK (verdict IN ('allow', 'warn', 'mask', 'block')),
  count bigint NOT NULL CHECK (count > 0),
  PRIMARY KEY (hour, direction, hundredths, verdict)
);

-- How often a model on trial came to another verdict than the one in force.
CREATE TABLE shadow_counts (
  model_version text PRIMARY KEY CHECK (char_length(model_version) BETWEEN 1 AND 50),
  judged bigint NOT NULL CHECK (judged >= 0),
  disagreed bigint NOT NULL CHECK (disagreed BETWEEN 0 AND judged)
);

-- Days on which a drift was reported: once is enough, whatever the number of replicas.
CREATE TABLE drift_reports (
  day timestamptz(3) PRIMARY KEY
);

GRANT SELECT, INSERT, UPDATE (count), DELETE ON score_counts TO guardrail;
GRANT SELECT, INSERT, UPDATE (judged, disagreed) ON shadow_counts TO guardrail;
GRANT SELECT, INSERT, DELETE ON drift_reports TO guardrail;
