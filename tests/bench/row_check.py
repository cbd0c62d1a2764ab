"""Checking a small file, offline: what starting the program costs. The median of many starts."""

import statistics

from stage import PYTHON, ROOT
from table import Line

EXAMPLE = ROOT / "campaigns/best-joke.yaml"
TITLE = "check: bursar check of a small file"
LINES = [
    Line("wall", "from start to end", "ms", most=0.010),
    Line("peak", "greatest size", "MB", most=10),
    Line("python", "× as fast as python3 doing nothing", "times"),
    Line("boto3", "× as fast as python3 importing boto3", "times"),
]


def measure(stage):
    def often(times, *command):
        costs = [stage.run(folder, *command) for _ in range(times)]
        middle = statistics.median(cost.wall_s for cost in costs)
        return middle, max(cost.peak_mb for cost in costs)

    with stage.folder() as folder:
        wall, peak = often(stage.size(50, 10), stage.bursar, "check", EXAMPLE)
        python, _ = often(stage.size(10, 2), PYTHON, "-c", "pass")
        boto3, _ = often(stage.size(5, 1), PYTHON, "-c", "import boto3")
    return {"wall": wall, "peak": peak, "python": python / wall, "boto3": boto3 / wall}
