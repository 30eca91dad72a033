-- Conversations with the bot. Retention class `conversation`. `state` is what the dialogue remembers between two messages.
-- A turn holds the lease while it runs, so that two turns of one conversation never run at once, on any replica; the lease
-- ends by itself when the process that holds it dies.
CREATE TABLE conversations (
  id text PRIMARY KEY CHECK (id ~ '^cnv_[0-9a-f-]{36}$'),
  user_id text NOT NULL CHECK (user_id ~ '^usr_[0-9a-f-]{36}$'),
  state jsonb NOT NULL CHECK (octet_length(state::text) <= 20000),
  lease_token text CHECK (length(lease_token) <= 64),
  lease_until timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  CHECK ((lease_token IS NULL) = (lease_until IS NULL))
);
CREATE INDEX conversations_user_id_updated_at_idx ON conversations (user_id, updated_at DESC);

-- `text`, `plan` and `tasks` are of data class confidential.
CREATE TABLE messages (
  id text PRIMARY KEY CHECK (id ~ '^msg_[0-9a-f-]{36}$'),
  conversation_id text NOT NULL REFERENCES conversations (id) ON DELETE CASCADE ON UPDATE RESTRICT,
  user_id text NOT NULL CHECK (user_id ~ '^usr_[0-9a-f-]{36}$'),
  author text NOT NULL CHECK (author IN ('user', 'bot')),
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 20000),
  created_at timestamptz(3) NOT NULL,
  idempotency_key text CHECK (length(idempotency_key) BETWEEN 8 AND 100),
  plan jsonb,
  in_reply_to text,
  template_id text CHECK (length(template_id) <= 100),
  intent text CHECK (length(intent) <= 50),
  tasks jsonb,
  CHECK (author = 'user' OR (idempotency_key IS NULL AND plan IS NULL)),
  CHECK ((author = 'bot') = (in_reply_to IS NOT NULL AND template_id IS NOT NULL AND intent IS NOT NULL AND tasks IS NOT NULL))
);
CREATE INDEX messages_conversation_id_created_at_id_idx ON messages (conversation_id, created_at, id);
-- One message per key and one answer per message: a repeat can neither act nor answer twice (API-5).
CREATE UNIQUE INDEX messages_user_id_idempotency_key_key ON messages (user_id, idempotency_key);
CREATE UNIQUE INDEX messages_in_reply_to_key ON messages (in_reply_to);

GRANT SELECT, INSERT, UPDATE (state, lease_token, lease_until, updated_at) ON conversations TO chat_gateway;
GRANT SELECT, INSERT, UPDATE (plan) ON messages TO chat_gateway;
