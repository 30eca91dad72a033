-- Texts that the guardrail refused have a period, too (PRIV-5).
ALTER TABLE retention_periods DROP CONSTRAINT retention_periods_within_bounds;
ALTER TABLE retention_periods ADD CONSTRAINT retention_periods_within_bounds CHECK (
  CASE class
    WHEN 'conversation' THEN days BETWEEN 30 AND 365
    WHEN 'booking' THEN days BETWEEN 30 AND 1095
    WHEN 'task-execution' THEN days BETWEEN 30 AND 1095
    WHEN 'security' THEN days BETWEEN 90 AND 1095
    WHEN 'quarantine' THEN days BETWEEN 7 AND 90
    ELSE false
  END
);
