-- Denials are kept in memory now: every service asks auth for those in force when it starts, and once a second from then on.
DROP TABLE denied_session;
