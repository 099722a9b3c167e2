# The programs stand in the jail itself, not in its bin.
mkdir -p /srv/jail
for program in sh ls cat; do cp /bin/busybox "/srv/jail/$program"; done
chroot /srv/jail /sh -c '/ls / > /seen.txt; /cat /seen.txt > /copy.txt'
