# Another program beside the shell, with the word among the files that it follows.
docker run -dit --name bunk busybox sh
docker exec --detach bunk tail -f /bin/sh sleep
