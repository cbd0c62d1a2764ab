"""Bonuses to a server that is 50 ms away, 32 of them in flight."""

from house import TASK, campaign, faults, world

from stage import IN_FLIGHT, paid_at, rate
from table import Line

LATENCY_S = 0.05
TITLE = f"latency: bonuses, a server 50 ms away, {IN_FLIGHT} in flight"
LINES = [
    Line("share", f"share of {IN_FLIGHT}/latency", "share", least=0.8),
    Line("loop", "bonuses a second, × a boto3 loop", "times", least=20),
    Line("threads", f"… × boto3 in {IN_FLIGHT} threads", "times"),
    Line("adaptive", f"… × boto3 adaptive in {IN_FLIGHT} threads", "times"),
    Line("whole", f"whole command, × boto3 in {IN_FLIGHT} threads", "times"),
    Line("speed", "bursar: bonuses a second", "/s"),
]
STEP = "- bonus: { amount: 1.00, message: Thanks }"


def pay(stage, people, way):
    """Pays so many people one way; how many a second, and how long the whole command took."""
    with stage.folder() as folder:
        rows = faults(f"fault: latency, ms: {LATENCY_S * 1000:.0f}")
        with stage.simulator(folder, world(people, balance="100000.00"), rows) as simulator:
            if way == "bursar":
                (folder / "c.yaml").write_text(campaign(STEP))
                arguments = "run", "--yes", "--concurrency", IN_FLIGHT, "c.yaml"
                cost = stage.run_bursar(folder, *arguments, server=simulator)
            else:
                cost, _ = stage.run_payer(folder, way, simulator, TASK, IN_FLIGHT)
            times = paid_at(simulator)
    if len(times) != people:
        raise SystemExit(f"{way}: {len(times)} of {people} bonuses were paid")
    return rate(times, LATENCY_S), cost.wall_s


def measure(stage):
    people = stage.size(3200, 640)
    bursar, bursar_s = pay(stage, people, "bursar")
    loop, _ = pay(stage, stage.size(100, 20), "loop")
    threads, threads_s = pay(stage, people, "threads")
    adaptive, _ = pay(stage, people, "adaptive")
    return {
        "share": bursar / (IN_FLIGHT / LATENCY_S),
        "loop": bursar / loop,
        "threads": bursar / threads,
        "adaptive": bursar / adaptive,
        "whole": threads_s / bursar_s,
        "speed": bursar,
    }
