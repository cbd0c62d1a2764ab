#!/usr/bin/env bash
# The main job, shown: check, plan, run, ask, run again, and three figures that must agree.
# Everything happens on the simulator and in a folder of its own that goes away at the end.
set -euo pipefail
bursar=${1:?usage: campaigns/demo.sh PATH-OF-BURSAR}
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
simulator=
finish() {
    [ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT

say() { printf '\n%s\n' "$*"; }
run() { # a command, shown before it runs; its exit code is shown when it is not 0
    printf '\n$ bursar %s\n' "$*"
    local code=0
    "$bursar" "$@" || code=$?
    [ "$code" = 0 ] || echo "(exit code $code)"
}

say "This is play money on a pretended marketplace inside this machine: no network, no keys,
nobody is paid. Five people told a joke; each gets a qualification, a \$1 bonus and a message."

cp "$here/best-joke.yaml" "$here/best-joke.world.yaml" "$folder"
cd "$folder"
export HOME=$folder XDG_STATE_HOME=$folder/state
unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE AWS_DEFAULT_PROFILE \
    AWS_ENDPOINT_URL_MTURK

say "A file with three mistakes. All are found at once, offline, before anything can be sent:"
sed -e 's/- bonus:/- bonsu:/' -e 's/value: 1/value: one/' -e 's/subject:/Subject:/' \
    best-joke.yaml >mistakes.yaml
run check mistakes.yaml

say "The pretended marketplace starts, and tells where it is and with which keys:"
printf '\n$ bursar simulate --world best-joke.world.yaml --book book.jsonl &\n'
"$bursar" simulate --world best-joke.world.yaml --book book.jsonl >keys &
simulator=$!
for _ in $(seq 100); do
    grep -q '^AWS_SECRET_ACCESS_KEY=' keys && break
    sleep 0.05
done
if ! grep -q '^AWS_SECRET_ACCESS_KEY=' keys; then
    echo "The simulator did not start."
    exit 1
fi
cat keys
while IFS= read -r line; do export "${line?}"; done <keys

say "The dry run. It reads and sends nothing:"
run plan best-joke.yaml
"$bursar" plan --json best-joke.yaml >plan.json

say "The run. Each action is written to the journal before it is sent:"
run run --yes best-joke.yaml

say "Was A1JOKER00003 paid?"
run status --worker A1JOKER00003 best-joke.yaml

say "A second run has nothing to do, and sends nothing:"
run run --yes best-joke.yaml

say "Three figures that must agree:"
"$bursar" status --json best-joke.yaml >status.json
planned=$(sed -n 's/.*"totals": .*"total": "\([0-9.]*\)".*/\1/p' plan.json)
journal=$(sed -n 's/.*"total": "\([0-9.]*\)".*/\1/p' status.json)
booked=$(awk -F'"requester","cents":-' '/"kind":"bonus"/ { split($2, rest, "}"); sum += rest[1] }
    END { printf "%d.%02d", sum / 100, sum % 100 }' book.jsonl)
printf '  the plan                    %s\n' "$planned"
printf '  the journal                 %s\n' "$journal"
printf "  the marketplace's own book  %s\n" "$booked"
if [ "$planned" != "$journal" ] || [ "$journal" != "$booked" ]; then
    echo "They differ. That is a mistake in bursar; please report it."
    exit 1
fi

say "Try next, in this folder ($(dirname "$here")):
  build/release/bursar help run
  build/release/bursar rehearse campaigns/best-joke.yaml
  build/release/bursar workers --help"
