#!/usr/bin/env bash
# The main job, shown: check, plan, run, ask, run again, and three figures that must agree.
# Everything happens on the simulator and in a folder of its own that goes away at the end.
set -euo pipefail
bursar=${1:?usage: campaigns/demo.sh PATH-OF-BURSAR}
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
simulator=
finish() {
    stop_simulator
    rm -rf "$folder"
}
trap finish EXIT
stop_simulator() {
    [ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true
    [ -z "$simulator" ] || wait "$simulator" 2>/dev/null || true
    simulator=
}

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

# The simulator in the background, its keys in the environment.
start_simulator() { # its options
    : >keys
    printf '\n$ bursar simulate %s &\n' "$*"
    "$bursar" simulate "$@" >keys &
    simulator=$!
    for _ in $(seq 100); do
        grep -q '^AWS_SECRET_ACCESS_KEY=' keys && break
        sleep 0.05
    done
    if ! grep -q '^AWS_SECRET_ACCESS_KEY=' keys; then
        echo "The simulator did not start."
        exit 1
    fi
    while IFS= read -r line; do export "${line?}"; done <keys
}

# Three figures from three hands: the saved plan, the journal, the marketplace's own book.
compare_figures() { # campaign file, book
    local planned journal booked
    "$bursar" status --json "$1" >status.json || true
    planned=$(sed -n 's/.*"totals": .*"total": "\([0-9.]*\)".*/\1/p' plan.json)
    journal=$(sed -n 's/.*"total": "\([0-9.]*\)".*/\1/p' status.json)
    booked=$(awk -F'"requester","cents":-' '/"kind":"bonus"/ { split($2, rest, "}"); sum += rest[1] }
        END { printf "%d.%02d", sum / 100, sum % 100 }' "$2")
    printf '  the plan                    %s\n' "$planned"
    printf '  the journal                 %s\n' "$journal"
    printf "  the marketplace's own book  %s\n" "$booked"
    if [ "$planned" != "$journal" ] || [ "$journal" != "$booked" ]; then
        echo "They differ. That is a mistake in bursar; please report it."
        exit 1
    fi
}

say "The pretended marketplace starts, and tells where it is and with which keys:"
start_simulator --world best-joke.world.yaml --book book.jsonl
cat keys

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
compare_figures best-joke.yaml book.jsonl
stop_simulator

say "Now a bad day. Sixty people this time; one answer in five to a payment is lost after the money
has gone out, and the run is killed (kill -9) half-way:"
sed -e 's/best-joke/bad-day/' best-joke.yaml >bad-day.yaml
cat >bad-day.world.yaml <<'END'
balance: 200.00
qualifications:
  - { id: 3JNQJJEQXNSX7K3S6OQGEXAMPLE1, name: Told us a joke, description: Took part }
hits:
  - { id: 3PR3LXCWSF67WOX6Y5S8EXAMPLE1, title: Tell us a joke, reward: 0.20,
      made_up: { count: 60, status: Approved } }
END
cat >bad-day.faults.yaml <<'END'
- { fault: latency, ms: 15 }
- { fault: hang-up-after, operation: SendBonus, probability: 0.2 }
END
start_simulator --world bad-day.world.yaml --faults bad-day.faults.yaml --book bad-book.jsonl
"$bursar" plan --json bad-day.yaml >plan.json
printf '\n$ bursar run --yes bad-day.yaml &      (killed after 20 payments)\n'
"$bursar" run --yes --quiet bad-day.yaml >/dev/null 2>&1 &
runner=$!
for _ in $(seq 400); do
    [ "$(grep -c '"kind":"bonus"' bad-book.jsonl || true)" -lt 20 ] || break
    sleep 0.02
done
kill -9 "$runner" 2>/dev/null || true
wait "$runner" 2>/dev/null || true
run status bad-day.yaml 2>&1 | sed -n '1,12p'

say "The next run asks the marketplace what became of them, and does the rest:"
printf '\n$ bursar run --yes bad-day.yaml\n'
"$bursar" run --yes bad-day.yaml >/dev/null
compare_figures bad-day.yaml bad-book.jsonl

say "Try next, in this folder ($(dirname "$here")):
  ${bursar#"$(dirname "$here")/"} help run
  ${bursar#"$(dirname "$here")/"} rehearse campaigns/best-joke.yaml
  ${bursar#"$(dirname "$here")/"} workers --help
and docs/tutorial.md, which is this at your own pace."
