# The working directory is the jail; the root is not.
mkdir -p /srv/jail
cd /srv/jail
sleep 3600 > /dev/null 2>&1 < /dev/null &
