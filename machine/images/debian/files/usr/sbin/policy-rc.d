#!/bin/sh
# Nothing is started when a package is installed: a container runs the one program it was started for.
exit 101
