"""Where bursar spends its time while it pays: bonuses to a simulator that answers at once, under
perf (samples of a real run) or callgrind (counted instructions, the same on every machine)."""

import shutil

from house import campaign

from stage import IN_FLIGHT, made_up, task

CAMPAIGN = campaign("- bonus: { amount: 1.00, message: Thanks }", hits=task(0))
TOP = 25


def _by_perf(stage, folder, simulator, run):
    stage.run(folder, "perf", "record", "-q", "-o", "perf.data", *run, server=simulator)
    report = "perf", "report", "-i", "perf.data", "--no-children", "--stdio", "-g", "none"
    lines = stage.run(folder, *report).stdout.splitlines()
    return [line.rstrip() for line in lines if "%" in line and not line.startswith("#")]


def _by_callgrind(stage, folder, simulator, run):
    file = "--callgrind-out-file=counted"
    stage.run(folder, "valgrind", "--tool=callgrind", file, *run, server=simulator)
    lines = stage.run(folder, "callgrind_annotate", "counted").stdout.splitlines()
    return [line.rstrip()[:100] for line in lines if "%" in line and "PROGRAM TOTALS" not in line]


WAYS = {"perf": _by_perf, "callgrind": _by_callgrind}


def profile(stage, tool):
    """Prints the functions in which most of it is spent. `tool` None: perf where it is there."""
    tool = tool or ("perf" if shutil.which("perf") else "callgrind")
    people = stage.size(20000 if tool == "perf" else 2000, 500)
    with stage.folder() as folder:
        with stage.simulator(folder, made_up(1, people)) as simulator:
            (folder / "c.yaml").write_text(CAMPAIGN)
            pay = [stage.bursar, "run", "--yes", "--quiet", "--concurrency", IN_FLIGHT, "c.yaml"]
            lines = WAYS[tool](stage, folder, simulator, pay)
    print(f"{people} bonuses, no latency, {IN_FLIGHT} in flight, by {tool}: the {TOP} hottest")
    print("\n".join(lines[:TOP]))
