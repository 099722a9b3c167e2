-- Times in milliseconds since 1970.
CREATE TABLE sandbox_lifetimes (
  sandbox_id TEXT PRIMARY KEY REFERENCES sandboxes (sandbox_id) ON DELETE CASCADE,
  started_at INTEGER NOT NULL,
  active_at  INTEGER NOT NULL,
  extensions INTEGER NOT NULL,
  stopped_at INTEGER,
  stop_cause TEXT
) STRICT, WITHOUT ROWID;

-- Machines of before there were lifetimes begin theirs now.
INSERT INTO sandbox_lifetimes (sandbox_id, started_at, active_at, extensions)
SELECT sandbox_id, unixepoch() * 1000, unixepoch() * 1000, 0 FROM sandboxes;

-- What became of a learner's machine while they were away, until they have read it.
CREATE TABLE machine_news (
  learner_id TEXT PRIMARY KEY REFERENCES learners (id) ON DELETE CASCADE,
  kind       TEXT NOT NULL,
  cause      TEXT NOT NULL,
  stopped_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
