-- Decisions by their age, for the retention (PRIV-5): which ones and how old, and nothing of what was decided.
CREATE INDEX decisions_created_at ON decisions (created_at);

GRANT SELECT (id, created_at) ON decisions TO guardrail;
