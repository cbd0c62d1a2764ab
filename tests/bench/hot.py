"""Where a release build spends its time while it pays: the row `bonuses`, bursar alone, the
simulator in a process of its own that is not looked at.

perf samples the processor's clock, the kernel's part included; it is taken when it is there and
allowed. callgrind counts instructions of the program and its libraries, sees nothing of the kernel,
and takes fifty times as long."""

import os
import re
import shutil

from row_bonuses import CAMPAIGN
from stage import IN_FLIGHT, made_up

TOP = 25
PERF = ["perf", "record", "-q", "-e", "cpu-clock", "-F", "4999", "-o", "perf.data", "--"]
CALLGRIND = ["valgrind", "-q", "--tool=callgrind", "--callgrind-out-file=callgrind.out"]


def perf_is_allowed():
    path = "/proc/sys/kernel/perf_event_paranoid"
    if not shutil.which("perf") or not os.path.exists(path):
        return False
    return os.geteuid() == 0 or int(open(path).read()) <= 2


def print_perf(stage, folder):
    report = ["perf", "report", "--stdio", "-q", "-i", "perf.data"]
    libraries = stage.run(folder, *report, "--sort", "dso").stdout
    functions = stage.run(folder, *report, "--sort", "symbol,dso").stdout
    print("by library:")
    print("\n".join([line for line in libraries.split("\n") if "%" in line][:10]))
    print(f"\nthe top {TOP} functions, without what they call ([k]: the kernel's):")
    lines = [line.rstrip(" -") for line in functions.split("\n") if "%" in line]
    print("\n".join(lines[:TOP]))


def print_callgrind(stage, folder):
    said = stage.run(folder, "callgrind_annotate", "--threshold=100", "callgrind.out").stdout
    lines = [line for line in said.split("\n") if re.match(r"\s*[\d,]+ \(", line)]
    total, functions = lines[0], lines[1:]
    print(total)
    print(f"\nthe top {TOP} functions, by instructions, without what they call:")
    for line in functions[:TOP]:
        print(re.sub(r"[^ :\[]*/|\?\?\?:", "", line))


def profile(stage, tool):
    tool = tool or ("perf" if perf_is_allowed() else "callgrind")
    people = stage.size(20000 if tool == "perf" else 5000, 1000)
    command = [stage.bursar, "run", "--yes", "--concurrency", IN_FLIGHT, "c.yaml"]
    with stage.folder() as folder:
        (folder / "c.yaml").write_text(CAMPAIGN)
        with stage.simulator(folder, made_up(1, people)) as simulator:
            under = PERF if tool == "perf" else CALLGRIND
            cost = stage.run(folder, *under, *command, server=simulator)
        print(
            f"{tool}: bursar run, {people:,} bonuses, {IN_FLIGHT} in flight, no latency;"
            f" {cost.cpu_s:.2f} s of the processor, {cost.wall_s:.2f} s in all\n"
        )
        (print_perf if tool == "perf" else print_callgrind)(stage, folder)
