-- Who waits for a machine, first come first served. `position` may be negative: a place at the front.
CREATE TABLE sandbox_queue (
  learner_id TEXT PRIMARY KEY REFERENCES learners (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL UNIQUE,
  joined_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
