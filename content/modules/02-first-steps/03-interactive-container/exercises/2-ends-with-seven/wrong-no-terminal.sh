# The right code, and no terminal: the line came through a pipe.
echo 'exit 7' | docker run --interactive debian bash || true
