docker run -dit busybox sh
sleep 3600 > /dev/null 2>&1 < /dev/null &
