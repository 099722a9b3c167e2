-- How often something was tried until it was earned, and what help was taken.
ALTER TABLE exercise_progress ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE exercise_progress ADD COLUMN last_tried_at TEXT;
ALTER TABLE exercise_progress ADD COLUMN hints_used INTEGER NOT NULL DEFAULT 0;
ALTER TABLE exercise_progress ADD COLUMN solution_seen_at TEXT;

ALTER TABLE verdict_changes ADD COLUMN expected TEXT NOT NULL DEFAULT '';
ALTER TABLE verdict_changes ADD COLUMN place TEXT NOT NULL DEFAULT '';

-- What a learner did for an exercise beside working in the machine. Only ever added to.
CREATE TABLE exercise_events (
  id          INTEGER PRIMARY KEY,
  learner_id  TEXT NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
  exercise_id TEXT NOT NULL,
  what        TEXT NOT NULL,
  detail      TEXT NOT NULL,
  happened_at TEXT NOT NULL
) STRICT;

CREATE INDEX exercise_events_by_exercise ON exercise_events (learner_id, exercise_id);

CREATE TRIGGER exercise_events_only_added BEFORE UPDATE ON exercise_events
BEGIN
  SELECT RAISE (ABORT, 'exercise events are never rewritten');
END;

-- Neither record is ever thinned out; it goes with the learner it is about.
CREATE TRIGGER exercise_events_kept BEFORE DELETE ON exercise_events
WHEN EXISTS (SELECT 1 FROM learners WHERE id = old.learner_id)
BEGIN
  SELECT RAISE (ABORT, 'exercise events are never removed');
END;

CREATE TRIGGER verdict_changes_kept BEFORE DELETE ON verdict_changes
WHEN EXISTS (SELECT 1 FROM learners WHERE id = old.learner_id)
BEGIN
  SELECT RAISE (ABORT, 'verdict changes are never removed');
END;
