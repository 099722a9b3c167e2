-- What "back to the start of this exercise" goes back to: a checkpoint of the sandbox's disk. One may be the start of several.
CREATE TABLE exercise_starts (
  sandbox_id    TEXT NOT NULL REFERENCES sandboxes (sandbox_id) ON DELETE CASCADE,
  exercise_id   TEXT NOT NULL,
  -- Null where it was let go, or could not be taken; `fault` says which, to the learner.
  checkpoint_id TEXT,
  fault         TEXT,
  taken_at      TEXT NOT NULL,
  -- Ids of the containers that ran, as JSON.
  containers    TEXT NOT NULL DEFAULT '[]',
  -- When every check of the exercise first passed since.
  completed_at  TEXT,
  PRIMARY KEY (sandbox_id, exercise_id)
) STRICT, WITHOUT ROWID;
