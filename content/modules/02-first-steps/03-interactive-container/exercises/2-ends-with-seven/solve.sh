docker create --interactive --tty --name farewell debian
# The keys are typed ahead, before the shell is there to read them.
printf 'exit 7\n' | script -qec 'docker start --interactive farewell' /dev/null || true
docker wait farewell
