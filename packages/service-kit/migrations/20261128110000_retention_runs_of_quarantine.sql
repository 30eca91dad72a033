-- Runs over texts that the guardrail refused (PRIV-5).
ALTER TABLE retention_runs DROP CONSTRAINT retention_runs_class_check;
ALTER TABLE retention_runs ADD CONSTRAINT retention_runs_class_check
  CHECK (class IN ('conversation', 'booking', 'task-execution', 'security', 'quarantine'));
