# Tells the terminal where prompts, commands and their output begin and end (OSC 133), and the working directory
# (OSC 7). Only hints for the page: any program can print these bytes, and nothing is graded by them.

# Set by PS0, so that an empty line does not count as a command that ended.
__camp_ran=
__camp_url_path=

__camp_encode_path() {
  local LC_ALL=C path=$PWD encoded='' char i
  if [[ $path != *[!A-Za-z0-9/._~-]* ]]; then
    __camp_url_path=$path
    return
  fi
  for ((i = 0; i < ${#path}; i++)); do
    char=${path:i:1}
    case $char in
      [A-Za-z0-9/._~-]) encoded+=$char ;;
      *) printf -v char '%%%02X' "'$char" && encoded+=${char/FFFFFFFFFFFFFF/} ;;
    esac
  done
  __camp_url_path=$encoded
}

__camp_before_prompt() {
  local status=$?
  if [[ -n $__camp_ran ]]; then
    printf '\e]133;D;%d\a' "$status"
    __camp_ran=
    history -a
  fi
  __camp_encode_path
  printf '\e]7;file://%s%s\a' "$HOSTNAME" "$__camp_url_path"
  return "$status"
}

PROMPT_COMMAND=(__camp_before_prompt)
# The marks are part of PS1 itself, as a redrawn prompt would lose them otherwise.
PS1='\[\e]133;A\a\]'$PS1'\[\e]133;B\a\]'
# An empty slice: prints nothing, but its arithmetic sets the variable in this very shell.
PS0='\e]133;C\a${__camp_ran:$((__camp_ran = 1)):0}'
