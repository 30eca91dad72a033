-- Bookings by the end of their appointment, for the retention (PRIV-5).
CREATE INDEX bookings_ends_at ON bookings (ends_at);
