-- For the housekeeping: the table grows with each refresh, and what has expired is looked for every few minutes.
CREATE INDEX refresh_tokens_expires_at_idx ON refresh_tokens (expires_at);
