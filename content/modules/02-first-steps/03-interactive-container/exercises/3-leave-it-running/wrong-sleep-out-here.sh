docker run -dit --name bunk busybox sh
sleep 3600 > /dev/null 2>&1 < /dev/null &
