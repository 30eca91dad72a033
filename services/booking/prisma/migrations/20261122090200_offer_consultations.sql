-- The one service on offer: half an hour, Monday to Friday from 9 to 17 o'clock in Berlin.
INSERT INTO offered_services (id, name, duration_minutes, time_zone, created_at)
VALUES ('svc_019aa9d0-0000-7000-8000-000000000001', 'Consultation', 30, 'Europe/Berlin', '2026-11-22T09:00:00Z');

INSERT INTO opening_hours (service_id, weekday, opens_at_minute, closes_at_minute)
SELECT 'svc_019aa9d0-0000-7000-8000-000000000001', weekday, 9 * 60, 17 * 60 FROM generate_series(1, 5) AS weekday;
