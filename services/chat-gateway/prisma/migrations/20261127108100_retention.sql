-- Messages and conversations by their age, for the retention (PRIV-5).
CREATE INDEX messages_created_at_idx ON messages (created_at);
CREATE INDEX conversations_updated_at_idx ON conversations (updated_at);

GRANT DELETE ON messages TO chat_gateway;
