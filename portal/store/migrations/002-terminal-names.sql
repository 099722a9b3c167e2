-- What learners called their terminals; forgotten with the sandbox.
CREATE TABLE terminal_names (
  sandbox_id  TEXT NOT NULL REFERENCES sandboxes (sandbox_id) ON DELETE CASCADE,
  terminal_id TEXT NOT NULL,
  name        TEXT NOT NULL,
  PRIMARY KEY (sandbox_id, terminal_id)
) STRICT, WITHOUT ROWID;
