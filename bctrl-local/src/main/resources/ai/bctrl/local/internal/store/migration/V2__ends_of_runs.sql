-- Retention looks for the oldest of them.
CREATE INDEX IF NOT EXISTS run_by_end ON run (ended_at);

-- Runs that are removed, until the last of what was in them is.
CREATE TABLE IF NOT EXISTS removed_run (
  id CHARACTER VARYING(36) PRIMARY KEY
);
