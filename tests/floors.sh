#!/bin/sh
# The house plan, checked: each room opens only the rooms and libraries named on its line.
# Arrows only go down, and neighbours on a floor do not know each other.
cd "$1/runner" || exit 2
libraries='curl|yaml|jansson|openssl|microhttpd|expat|csv'
room() { # name, libraries it may open, rooms it may open
    name=$1 libs=$2 rooms=$3
    grep -rHn '#include' "$name" --include='*.[ch]' | while IFS=: read -r file line text; do
        what=$(expr "$text" : '#include "\([a-z]*\)/') && case " $name $rooms " in
            *" $what "*) ;; *) echo "runner/$file:$line: $name opens $what; it may open: $rooms" ;; esac
        what=$(printf '%s' "$text" | sed -nE "s,#include <($libraries)[./].*,\\1,p")
        [ -z "$what" ] || case " $libs " in
            *" $what "*) ;; *) echo "runner/$file:$line: $name opens <$what>; it may open: $libs" ;; esac
    done
}
out=$(
    room base   'openssl yaml'       ''
    room core   ''                   'base'
    room io     'curl openssl'       'base'
    room codec  'jansson'            'core base'
    room market 'jansson'            'core base'
    room engine ''                   'io codec market core base'
    room sim    'jansson microhttpd' 'base'
    room cmd    ''                   'engine sim io codec market core base'
)
# Nothing outside the marketplace and the simulator knows MTurk's words.
words=$(grep -rnE 'GetHIT|SendBonus|X-Amz-Target|TurkErrorCode|NotifyWorkers' \
    base core io codec engine cmd main.c --include='*.[ch]')
[ -z "$words" ] || out=$(printf '%s\n%s' "$out" "MTurk's words outside market/ and sim/: $words")
passed=1 failed=0
[ -z "$out" ] || { echo "$out"; passed=0 failed=1; }
echo "[==========] 1 test(s) run."
echo "[  PASSED  ] $passed test(s)."
[ "$failed" = 0 ] || { echo "[  FAILED  ] 1 test(s)"; exit 1; }
