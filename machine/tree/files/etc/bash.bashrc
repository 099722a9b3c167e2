# Settings of every interactive bash in this machine; your own belong in ~/.bashrc.
[ -n "${PS1-}" ] || return 0

shopt -s checkwinsize histappend
HISTSIZE=5000 HISTFILESIZE=20000 HISTCONTROL=ignoreboth HISTTIMEFORMAT='%F %T  '

export LANG=${LANG:-C.UTF-8} EDITOR=nano PAGER=less LESS='-R -F -i -M' MANPAGER='less -R -i -M'
export LS_COLORS='di=1;34:ln=36:so=35:pi=33:ex=32:bd=1;33:cd=1;33:su=37;41:sg=30;43:tw=30;42:ow=34;42:or=31'
alias ls='ls --color=auto' ll='ls -l --color=auto' la='ls -lA --color=auto'
alias grep='grep --color=auto' diff='diff --color=auto' ip='ip -color=auto'

PS1='\[\e[1;32m\]\u@\h\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]\$ '

. /etc/chrootcamp/lazy-completion.bash
. /etc/chrootcamp/shell-integration.bash
