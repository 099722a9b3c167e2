docker run -dit --name bunk busybox sh -c 'sleep 3600 & exec sh'
