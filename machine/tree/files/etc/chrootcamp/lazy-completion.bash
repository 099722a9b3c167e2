# bash-completion takes longer to load than the rest of a new shell together, so it is loaded at the first Tab that
# needs it. Loading it replaces this default completion; status 124 tells bash to look again.
__camp_load_completion() {
  complete -r -D
  . /usr/share/bash-completion/bash_completion && return 124
}
complete -D -F __camp_load_completion -o bashdefault -o default
