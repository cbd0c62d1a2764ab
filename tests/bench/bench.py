#!/usr/bin/python3
"""bursar beside its peers, in one run on one machine.

    bench.py [ROW…]     measures these rows, or all of them, and prints one table
    bench.py profile    where a release build spends its time while it pays

In each round every peer has its turn, one after the other, so that what else the machine does falls
on all of them; ratios are formed within a round, and the table shows the least, the median and the
greatest of the rounds. Nothing here passes or fails: the budgets are printed beside what came out.
"""

import argparse
import collections
import datetime
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(ROOT / "tests/support")]

import row_bonuses  # noqa: E402
import row_check  # noqa: E402
import row_journal  # noqa: E402
import row_latency  # noqa: E402
import row_plan  # noqa: E402
import row_rate  # noqa: E402
import row_read  # noqa: E402
import table  # noqa: E402
from hot import profile  # noqa: E402
from stage import PYTHON, Stage  # noqa: E402

ROWS = {
    "latency": row_latency,
    "bonuses": row_bonuses,
    "rate": row_rate,
    "plan": row_plan,
    "journal": row_journal,
    "check": row_check,
    "read": row_read,
}


def ask(*command):
    """The first line of what a program says, or that it is not there."""
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except OSError:
        return f"no {command[0]}"
    return ((said.stdout or said.stderr).strip() or "?").split("\n")[0]


def sync_s(folder):
    """How long it takes this disk to make a few hundred bytes durable."""
    path, spans = folder / "sync", []
    with open(path, "wb", buffering=0) as file:
        for _ in range(50):
            file.write(b"x" * 400)
            begin = time.perf_counter()
            os.fdatasync(file.fileno())
            spans.append(time.perf_counter() - begin)
    path.unlink()
    return statistics.median(spans)


def describe(stage, rounds):
    """What was compared, and on what."""
    models = [line for line in open("/proc/cpuinfo") if line.startswith("model name")]
    model = models[0].partition(":")[2].strip() if models else os.uname().machine
    disk = ask("stat", "-f", "-c", "%T", str(stage.scratch))
    version = "import boto3; print('boto3', boto3.__version__)"
    return [
        f"{datetime.date.today()}, {rounds} round{'s' if rounds > 1 else ''}"
        + (", quick: a tenth of the sizes named, not to be quoted" if stage.quick else ""),
        f"{model}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start;"
        f" {disk}, {1000 * sync_s(stage.scratch):.2f} ms to make a record durable",
        f"{ask(stage.bursar, '--version').splitlines()[0]}; {ask(PYTHON, '-c', version)};"
        f" {ask('/usr/bin/aws', '--version').split()[0]};"
        f" {' '.join(ask('wrk', '-v').split()[:2])}; {ask('jq', '--version')}",
    ]


def measure(stage, names, rounds):
    """Every row's samples, round by round."""
    samples = {name: collections.defaultdict(list) for name in names}
    for number in range(1, rounds + 1):
        for name in names:
            begin = time.monotonic()
            for key, value in ROWS[name].measure(stage).items():
                samples[name][key].append(value)
            took = time.monotonic() - begin
            print(f"round {number} of {rounds}: {name}, {took:.0f} s", file=sys.stderr, flush=True)
    return samples


def print_table(stage, samples, rounds, markdown):
    for line in describe(stage, rounds):
        print(line + ("  " if markdown else ""))
    if not markdown:
        print()
        table.print_head()
    for name, row in ROWS.items():
        if name in samples:
            (table.print_markdown if markdown else table.print_text)(row, samples[name])
    print("\nA budget is met when the median of the rounds meets it.")


def options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join([*ROWS, "profile"]))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--bursar", default=ROOT / "build/release/bursar", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true", help="small sizes: does it work at all?")
    parser.add_argument("--markdown", action="store_true", help="for the documentation")
    parser.add_argument("--with", dest="tool", choices=("perf", "callgrind"), help="of profile")
    parser.add_argument("--scratch", type=pathlib.Path, help="a folder on the disk to measure")
    given = parser.parse_args()
    unknown = sorted(set(given.rows) - set(ROWS))
    if unknown and given.rows != ["profile"]:
        parser.error(f"no row '{unknown[0]}'; there are {', '.join(ROWS)}, or profile alone")
    if given.rounds < 1:
        parser.error("at least one round")
    return given


def end_on_signals(stage):
    """So that what was started is ended, and the folders go away."""

    def end(number, _):
        stage.end()
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, end)


def main():
    given = options()
    bursar = given.bursar.resolve()
    if not os.access(bursar, os.X_OK):
        raise SystemExit(f"{bursar} is not there; './setup build' makes it")
    where = given.scratch or bursar.parent
    with tempfile.TemporaryDirectory(prefix="bench-", dir=where) as scratch:
        stage = Stage(bursar, pathlib.Path(scratch), given.quick)
        end_on_signals(stage)
        if given.rows == ["profile"]:
            profile(stage, given.tool)
            return
        names = [name for name in ROWS if name in given.rows or not given.rows]
        samples = measure(stage, names, given.rounds)
        print_table(stage, samples, given.rounds, given.markdown)


main()
