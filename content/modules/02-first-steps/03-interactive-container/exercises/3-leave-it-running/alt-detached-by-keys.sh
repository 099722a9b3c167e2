# As at a keyboard: a background job, then Ctrl-P and Ctrl-Q.
docker create -it --name bunk busybox
docker start bunk
{ printf 'sleep 3600 &\n'; timeout 20 sh -c 'until docker top bunk | grep -q "sleep 3600"; do sleep 0.2; done'; printf '\020\021'; } |
  script -qec 'docker attach bunk' /dev/null || true
