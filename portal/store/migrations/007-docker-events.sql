-- What a machine's Docker reported, as far as it is kept: Docker itself forgets all but the last 256.
CREATE TABLE docker_events (
  id         INTEGER PRIMARY KEY,
  sandbox_id TEXT NOT NULL REFERENCES sandboxes (sandbox_id) ON DELETE CASCADE,
  -- One of many, such as a health check's: thinned out apart from the others.
  frequent   INTEGER NOT NULL,
  -- Nanoseconds since 1970, in decimal: a lying Docker's need not fit an integer.
  time_nano  TEXT NOT NULL,
  type       TEXT NOT NULL,
  action     TEXT NOT NULL,
  actor_id   TEXT NOT NULL,
  -- As JSON.
  attributes TEXT NOT NULL,
  UNIQUE (sandbox_id, time_nano, type, action, actor_id)
) STRICT;
