# Completion for bash. The program itself says what may stand at a place (`bursar completion at`),
# from the tables that `bursar help` prints; this only carries question and answer.

_bursar_plain() { # a word as the program would get it: no quotes, and the home folder spelt out
    local word=${1//[\"\'\\]/}
    printf '%s' "${word/#\~\//$HOME/}"
}

_bursar_paths() { # options of compgen; paths that go on from $value join the reply
    local path
    while IFS= read -r path; do
        [[ -n $path ]] || continue
        path=$lead$path
        COMPREPLY+=("${path#"$known"}")
    done <<<"$(compgen "$@" -- "$value")"
    compopt -o filenames 2>/dev/null
}

# bash cuts words at '=' and ':' too. What stood together is put together again: `words` are whole,
# `at` is the one with the cursor, `known` what bash holds to be before the word it completes.
_bursar_words() {
    local i word line=$COMP_LINE
    for ((i = 0; i < ${#COMP_WORDS[@]}; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $i -eq 0 || $line == [[:space:]]* ]]; then
            words+=("$word")
        else
            words[${#words[@]} - 1]+=$word
        fi
        [[ -z $word ]] && line=${line#?} || line=${line#*"$word"}
        [[ $i -eq $COMP_CWORD ]] || continue
        at=$((${#words[@]} - 1))
        current=${words[at]}
        [[ $word == [=:] ]] && word=
        known=$(_bursar_plain "${current%"$word"}")
    done
}

_bursar() {
    local words=() at=0 current= known= lead= value= word rest ending i
    _bursar_words
    for ((i = 0; i < ${#words[@]}; i++)); do
        words[i]=$(_bursar_plain "${words[i]}")
    done
    value=${current//[\"\'\\]/}
    [[ $value == --*=* ]] && lead=${value%%=*}= value=${value#*=}
    COMPREPLY=()
    while IFS=$'\t' read -r word rest; do
        case $word in
        '') ;;
        :files)
            for ending in $rest; do _bursar_paths -f -X "!*$ending"; done
            _bursar_paths -d
            ;;
        :folders) _bursar_paths -d ;;
        *) COMPREPLY+=("${word#"$known"}") ;;
        esac
    done <<<"$("${words[0]}" completion at $((at - 1)) -- "${words[@]:1}" 2>/dev/null)"
}

complete -F _bursar bursar
