-- A page of the newest runs, or of the newest in a status, reads these runs and no others.
CREATE INDEX IF NOT EXISTS run_by_seq ON run (seq);
CREATE INDEX IF NOT EXISTS run_by_status ON run (status, seq);
