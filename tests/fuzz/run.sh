#!/bin/sh
# Two tests of one fuzzer: everything in its committed corpus passes, and so does what chance finds
# in BURSAR_FUZZ_SECONDS (4). What it comes upon stays in the build folder, for longer searches
# to go on from; what breaks it is named, and belongs into the corpus once it is mended.
program=$1 corpus=$2 found=$3
name=fuzz/$(basename "$corpus")
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=1:allocator_may_return_null=1"
export UBSAN_OPTIONS="print_stacktrace=1"
mkdir -p "$found" "$found.broken"
status=0

say() { # what was tested, options of libFuzzer
    what=$1
    shift
    if "$program" -artifact_prefix="$found.broken/" -timeout=20 -rss_limit_mb=1024 "$@" 2>&1; then
        echo "[  PASSED  ] 1 test(s). $name: $what"
    else
        echo "[  FAILED  ] 1 test(s). $name: $what (the input is in $found.broken)"
        status=1
    fi
}

say "everything in $corpus passes" -runs=0 "$corpus"
say "so does what chance finds" -max_total_time="${BURSAR_FUZZ_SECONDS:-4}" \
    -print_final_stats=1 "$found" "$corpus"
exit $status
