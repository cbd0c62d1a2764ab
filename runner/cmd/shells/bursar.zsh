#compdef bursar
# Completion for zsh. The program itself says what may stand at a place (`bursar completion at`),
# from the tables that `bursar help` prints; this only carries question and answer.

_bursar() {
    local -a asked parts found
    local line known= endings=
    integer folders=0 failed=1
    asked=("${(@Q)words}")
    asked[CURRENT]=${(Q)PREFIX}
    asked=("${(@)asked/#\~\//$HOME/}")
    [[ $PREFIX == --*=* ]] && compset -P 1 '*=' && known=$IPREFIX
    for line in "${(@f)$(command "${asked[1]}" completion at $((CURRENT - 2)) -- \
        "${(@)asked[2,-1]}" 2>/dev/null)}"; do
        parts=("${(@ps:\t:)line}")
        case $parts[1] in
        '') ;;
        :files) endings+="${endings:+|}${(j:|:)parts[2,-1]}" ;;
        :folders) folders=1 ;;
        *) found+=("${${parts[1]#$known}//:/\\:}:$parts[2]") ;;
        esac
    done
    (( $#found )) && _describe -t words bursar found && failed=0
    if [[ -n $endings ]]; then
        _files -g "*(${endings})" && failed=0
    elif (( folders )); then
        _files -/ && failed=0
    fi
    return failed
}

if [[ $funcstack[1] == _bursar ]]; then
    _bursar "$@"
else
    compdef _bursar bursar
fi
