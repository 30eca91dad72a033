-- The ledger of consents (PRIV-2): what each person agreed to or withdrew, under which version of the privacy notice. What was written
-- stays as it is: the service may add and read, nothing else. The latest entry of a purpose says where it stands.
CREATE TABLE consents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  purpose text NOT NULL CHECK (length(purpose) BETWEEN 1 AND 50),
  act text NOT NULL CHECK (act IN ('given', 'withdrawn')),
  notice_version text NOT NULL CHECK (notice_version ~ '^\d{4}-\d{2}-\d{2}$'),
  session_id text NOT NULL CHECK (length(session_id) BETWEEN 1 AND 64),
  at timestamptz(3) NOT NULL
);
CREATE INDEX consents_user_id_purpose_id_idx ON consents (user_id, purpose, id);

-- With the account its entries go too, and in no other way. The owner of the table does it: the service has no right to.
CREATE FUNCTION erase_consents_of_deleted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM public.consents WHERE user_id = NEW.id;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION erase_consents_of_deleted() FROM PUBLIC;
CREATE TRIGGER users_take_their_consents AFTER UPDATE OF status ON users
  FOR EACH ROW WHEN (NEW.status = 'deleted') EXECUTE FUNCTION erase_consents_of_deleted();

GRANT SELECT, INSERT ON consents TO auth;
