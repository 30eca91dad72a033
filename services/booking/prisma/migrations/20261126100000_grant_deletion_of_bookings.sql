-- A deleted account takes its bookings along.
GRANT DELETE ON bookings TO booking;
