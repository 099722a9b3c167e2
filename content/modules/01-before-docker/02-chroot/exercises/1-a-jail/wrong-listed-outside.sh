# A good jail, and a list made by the ls out here, of the directory out here.
mkdir -p /srv/jail/bin
cp /bin/busybox /srv/jail/bin/
for program in sh ls cat; do ln -sf busybox "/srv/jail/bin/$program"; done
ls / > /srv/jail/seen.txt
cat /srv/jail/seen.txt > /srv/jail/copy.txt
