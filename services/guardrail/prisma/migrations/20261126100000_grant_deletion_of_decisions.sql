-- A deleted account takes the decisions on its texts along. Of a decision the service may know whose it is, and no more.
CREATE INDEX decisions_of_person ON decisions (user_id);
GRANT SELECT (user_id), DELETE ON decisions TO guardrail;
