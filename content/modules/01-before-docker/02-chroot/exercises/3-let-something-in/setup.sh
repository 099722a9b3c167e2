mkdir -p /srv/library
cat > /srv/library/poem.txt <<'POEM'
I was told that the world ends where my path begins,
and I counted one door, and the door opened in.
Then somebody set down a shelf by the wall,
and the wall, I found out, was no wall after all.
POEM
