-- A deleted account takes its conversations along, and they their messages: the cascade acts for the owner, so the service itself
-- needs no right to delete what was said.
GRANT DELETE ON conversations TO chat_gateway;
