CREATE TABLE learners (
  id         TEXT PRIMARY KEY,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE exercise_progress (
  learner_id     TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
  exercise_id    TEXT NOT NULL,
  first_tried_at TEXT,
  earned_at      TEXT,
  PRIMARY KEY (learner_id, exercise_id)
) STRICT, WITHOUT ROWID;

-- An earned exercise stays earned, with its first date.
CREATE TRIGGER earned_once BEFORE UPDATE OF earned_at ON exercise_progress
WHEN old.earned_at IS NOT NULL AND new.earned_at IS NOT old.earned_at
BEGIN
  SELECT RAISE (ABORT, 'an earned exercise stays earned');
END;

-- What the grader said, each time a check's status changed. Only ever added to.
CREATE TABLE verdict_changes (
  id           INTEGER PRIMARY KEY,
  learner_id   TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
  exercise_id  TEXT NOT NULL,
  check_id     TEXT NOT NULL,
  status       TEXT NOT NULL,
  sentence     TEXT NOT NULL,
  observed     TEXT NOT NULL,
  evaluated_at TEXT NOT NULL
) STRICT;

CREATE INDEX verdict_changes_by_exercise ON verdict_changes (learner_id, exercise_id, check_id);

CREATE TRIGGER verdict_changes_only_added BEFORE UPDATE ON verdict_changes
BEGIN
  SELECT RAISE (ABORT, 'verdict changes are never rewritten');
END;

CREATE TABLE sandboxes (
  learner_id TEXT PRIMARY KEY REFERENCES learners (id) ON DELETE CASCADE,
  sandbox_id TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Set-up scripts that ran to a good end, per sandbox and boot.
CREATE TABLE exercise_setups (
  sandbox_id  TEXT NOT NULL REFERENCES sandboxes (sandbox_id) ON DELETE CASCADE,
  boot_id     TEXT NOT NULL,
  exercise_id TEXT NOT NULL,
  ran_at      TEXT NOT NULL,
  PRIMARY KEY (sandbox_id, boot_id, exercise_id)
) STRICT, WITHOUT ROWID;

-- The learner's last answer to a typed question; about one sandbox, and forgotten with it.
CREATE TABLE answers (
  learner_id  TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
  exercise_id TEXT NOT NULL,
  check_id    TEXT NOT NULL,
  answer      TEXT NOT NULL,
  answered_at TEXT NOT NULL,
  PRIMARY KEY (learner_id, exercise_id, check_id)
) STRICT, WITHOUT ROWID;
