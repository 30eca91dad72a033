-- Searches with a time find out first which indexes their entries have, from this index alone. BRIN could not tell where a span of time
-- begins and ends, and what was added since the last vacuum it would read in full.
DROP INDEX body_time_index;
CREATE INDEX body_time_index ON body (time, index);

-- A category or a service may be rare, or long silent: without these a search for it would go through the whole log.
CREATE INDEX body_category_index ON body (category, index);
CREATE INDEX body_service_index ON body (service, index);

-- Indexes need no rights, and those on the table stay as they are: some of its columns the service may not write.
