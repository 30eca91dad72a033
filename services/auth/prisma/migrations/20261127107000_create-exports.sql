-- Exports of everything that is kept of a person (PRIV-3).
CREATE TABLE exports (
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id),
  state text NOT NULL CHECK (state IN ('collecting', 'ready', 'failed', 'expired')),
  requested_at timestamptz(3) NOT NULL,
  -- When the services were asked last.
  asked_at timestamptz(3) NOT NULL,
  deadline_at timestamptz(3) NOT NULL,
  -- Nobody else looks at it before.
  look_at timestamptz(3) NOT NULL,
  -- Counts who looked at it: a worker whose number is not the newest any more changes nothing.
  claim integer NOT NULL DEFAULT 0,
  ended_at timestamptz(3),
  expires_at timestamptz(3),
  failure text,
  failed_services text[] NOT NULL DEFAULT '{}',
  -- Records of each service in the archive.
  records jsonb,
  bytes bigint,
  chunks integer,
  sha256 text,
  -- The newest link: keyed hash of its token, until when it works, and which chunk of the archive it opens next.
  link_hash bytea,
  link_expires_at timestamptz(3),
  next_chunk integer NOT NULL DEFAULT 0,
  CHECK ((state IN ('ready', 'expired')) = (expires_at IS NOT NULL)),
  CHECK ((state = 'failed') = (failure IS NOT NULL)),
  CHECK (state <> 'ready' OR (records IS NOT NULL AND bytes IS NOT NULL AND chunks IS NOT NULL AND sha256 IS NOT NULL))
);
CREATE INDEX exports_user_id_idx ON exports (user_id, requested_at);
CREATE UNIQUE INDEX exports_link_hash_key ON exports (link_hash);
-- One at a time of each person.
CREATE UNIQUE INDEX exports_under_way_key ON exports (user_id) WHERE state = 'collecting';
CREATE INDEX exports_look_at_idx ON exports (look_at) WHERE state = 'collecting';
CREATE INDEX exports_expires_at_idx ON exports (expires_at) WHERE state = 'ready';

-- What has come from the services, sealed as it came, until the archive is whole or the export has failed.
CREATE TABLE export_parts (
  export_id text NOT NULL REFERENCES exports (id) ON DELETE CASCADE,
  service text NOT NULL,
  -- Which attempt of the service it belongs to; only the newest one is kept.
  run integer NOT NULL,
  part integer NOT NULL,
  is_last boolean NOT NULL,
  records integer NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (export_id, service, run, part)
);

-- Whole archives in chunks, sealed under the person's key; and, of a worker that died, beginnings that nobody can ask for.
CREATE TABLE export_archives (
  export_id text NOT NULL REFERENCES exports (id) ON DELETE CASCADE,
  -- The claim under which it was written.
  claim integer NOT NULL,
  chunk integer NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (export_id, claim, chunk)
);

GRANT SELECT, INSERT, DELETE ON exports, export_parts, export_archives TO auth;
GRANT UPDATE (
  state, asked_at, look_at, claim, ended_at, expires_at, failure, failed_services, records, bytes, chunks, sha256,
  link_hash, link_expires_at, next_chunk
) ON exports TO auth;
