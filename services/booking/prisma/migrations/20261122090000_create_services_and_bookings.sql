-- Lets an exclusion constraint compare ids for equality beside ranges for overlap. Trusted: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE offered_services (
  id text PRIMARY KEY,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  duration_minutes integer NOT NULL CHECK (duration_minutes BETWEEN 5 AND 480),
  time_zone text NOT NULL CHECK (char_length(time_zone) BETWEEN 1 AND 64),
  created_at timestamptz(3) NOT NULL
);

-- Wall-clock hours in the time zone of the service; weekday 1 is Monday (ISO 8601), 1440 is the end of the day.
CREATE TABLE opening_hours (
  service_id text NOT NULL REFERENCES offered_services (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  opens_at_minute smallint NOT NULL CHECK (opens_at_minute >= 0),
  closes_at_minute smallint NOT NULL CHECK (closes_at_minute <= 1440),
  PRIMARY KEY (service_id, weekday, opens_at_minute),
  CONSTRAINT opening_hours_opens_before_closing CHECK (opens_at_minute < closes_at_minute),
  CONSTRAINT opening_hours_do_not_overlap
    EXCLUDE USING gist (service_id WITH =, weekday WITH =, int4range(opens_at_minute, closes_at_minute) WITH &&)
);

CREATE TABLE bookings (
  id text PRIMARY KEY,
  user_id text NOT NULL,
  service_id text NOT NULL REFERENCES offered_services (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  email text NOT NULL CHECK (char_length(email) <= 254),
  phone text NOT NULL CHECK (char_length(phone) <= 16),
  status text NOT NULL CHECK (status IN ('confirmed', 'cancelled')),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT bookings_start_before_end CHECK (starts_at < ends_at),
  -- The wall against double booking (BOOK-1): it holds however many writers there are and whatever they have read before.
  CONSTRAINT bookings_do_not_overlap
    EXCLUDE USING gist (service_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'confirmed')
);

CREATE INDEX bookings_of_person ON bookings (user_id, starts_at);

GRANT SELECT ON offered_services, opening_hours TO booking;
GRANT SELECT, INSERT ON bookings TO booking;
