-- A deleted account takes its lists along, after its tasks.
GRANT DELETE ON lists TO task;
