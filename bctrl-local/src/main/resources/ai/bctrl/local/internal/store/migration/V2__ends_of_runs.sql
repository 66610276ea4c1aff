-- Retention looks for the oldest of them.
CREATE INDEX IF NOT EXISTS run_by_end ON run (ended_at);
