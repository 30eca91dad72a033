-- What is said, decided and remembered is sealed under a key of its person (DATA-2): AES-256-GCM, 29 bytes longer than its text in
-- UTF-8. Nothing that is there already can be sealed here, because a migration has no keys.
DO $$
BEGIN
  IF EXISTS (SELECT FROM conversations) OR EXISTS (SELECT FROM messages) THEN
    RAISE EXCEPTION 'conversations and messages hold rows that are not sealed'
      USING HINT = 'Export what is to be kept and empty both tables, then migrate again.';
  END IF;
END
$$;

-- Columns take along the checks and the index that name them.
ALTER TABLE conversations
  DROP COLUMN state,
  ADD COLUMN state bytea NOT NULL CHECK (octet_length(state) BETWEEN 30 AND 20000);

ALTER TABLE messages
  DROP COLUMN text,
  DROP COLUMN plan,
  DROP COLUMN tasks,
  DROP COLUMN idempotency_key,
  -- 20,000 UTF-16 code units.
  ADD COLUMN text bytea NOT NULL CHECK (octet_length(text) BETWEEN 30 AND 60100),
  -- 30 steps with 50 tasks each, of 2 kB at most.
  ADD COLUMN plan bytea CHECK (octet_length(plan) BETWEEN 30 AND 4000000),
  -- 50 tasks.
  ADD COLUMN tasks bytea CHECK (octet_length(tasks) BETWEEN 30 AND 200000),
  -- A client's key is text of its own choice, so only a keyed hash of it is kept (HMAC-SHA-256).
  ADD COLUMN idempotency_key_index bytea CHECK (octet_length(idempotency_key_index) = 32),
  ADD CHECK (author = 'user' OR (idempotency_key_index IS NULL AND plan IS NULL)),
  ADD CHECK ((author = 'bot') = (in_reply_to IS NOT NULL AND template_id IS NOT NULL AND intent IS NOT NULL AND tasks IS NOT NULL));
-- One message per key: a repeat cannot act twice (API-5).
CREATE UNIQUE INDEX messages_user_id_idempotency_key_index_key ON messages (user_id, idempotency_key_index);

-- Rights on a column go with it.
GRANT UPDATE (state) ON conversations TO chat_gateway;
GRANT UPDATE (plan) ON messages TO chat_gateway;
