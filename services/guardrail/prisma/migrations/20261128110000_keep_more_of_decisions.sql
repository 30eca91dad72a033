-- Decisions are kept of warned and masked texts as well, and tell by which settings they were made.
ALTER TABLE decisions DROP CONSTRAINT decisions_direction_check;
ALTER TABLE decisions ADD CONSTRAINT decisions_direction_check CHECK (direction IN ('input', 'document', 'output'));
-- Whatever is there by now was blocked, by the settings that the product came with.
ALTER TABLE decisions
  ADD COLUMN verdict text NOT NULL DEFAULT 'block' CHECK (verdict IN ('warn', 'mask', 'block')),
  ADD COLUMN settings_version integer NOT NULL DEFAULT 0 CHECK (settings_version >= 0);
ALTER TABLE decisions ALTER COLUMN verdict DROP DEFAULT, ALTER COLUMN settings_version DROP DEFAULT;

-- What was said of the decision since: by the person whose text it is, and by a reviewer.
ALTER TABLE decisions
  ADD COLUMN person_label text CHECK (person_label IN ('harmless', 'attack')),
  ADD COLUMN review_label text CHECK (review_label IN ('harmless', 'attack')),
  ADD COLUMN reviewed_by text CHECK (reviewed_by ~ '^usr_[0-9a-f-]{36}$'),
  ADD CONSTRAINT decisions_reviewed CHECK ((review_label IS NULL) = (reviewed_by IS NULL));

-- Lists, newest first: an id sorts by its time.
CREATE INDEX decisions_by_verdict ON decisions (verdict, id);
CREATE INDEX decisions_by_layer ON decisions (layer, id);
CREATE INDEX decisions_disputed ON decisions (id) WHERE person_label = 'harmless' AND review_label IS NULL;

-- What was decided stays as it was decided; only what is said of it changes.
GRANT SELECT (verdict, settings_version, person_label, review_label) ON decisions TO guardrail;
GRANT UPDATE (person_label, review_label, reviewed_by) ON decisions TO guardrail;
