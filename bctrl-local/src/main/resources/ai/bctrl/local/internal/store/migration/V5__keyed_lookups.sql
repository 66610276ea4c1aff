-- What is asked for by its type, id, path, status or outcome is found without reading all else of its run, runtime or space.
CREATE INDEX IF NOT EXISTS event_by_type ON event (run_id, type, seq);
CREATE INDEX IF NOT EXISTS event_by_id ON event (id);
CREATE INDEX IF NOT EXISTS connection_by_holder ON connection (runtime_id, status);
CREATE INDEX IF NOT EXISTS stored_file_by_path ON stored_file (space_id, path, seq);
CREATE INDEX IF NOT EXISTS artifact_by_runtime ON artifact (runtime_id, seq);
CREATE INDEX IF NOT EXISTS runtime_by_status ON runtime (status, seq);
CREATE INDEX IF NOT EXISTS run_by_outcome ON run (outcome, seq);
CREATE INDEX IF NOT EXISTS run_by_space_status ON run (space_id, status, seq);
CREATE INDEX IF NOT EXISTS run_by_space_outcome ON run (space_id, outcome, seq);
