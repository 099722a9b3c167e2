# Yours: aliases, variables, functions. The machine's own settings are in /etc/bash.bashrc.
