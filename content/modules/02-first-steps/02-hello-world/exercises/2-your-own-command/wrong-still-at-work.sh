# Another program, and still running: to stop it would lead nowhere.
docker run --detach busybox sleep 3600
