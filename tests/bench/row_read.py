"""Reading who took part: HITs with a hundred assignments each. `bursar workers` lists them, `bursar
plan` also reads which bonuses were paid. boto3 reads the same lists with its paginator; its import
and its client do not count, because at this size they would be most of it."""

from house import faults

from stage import made_up, task
from table import Line

EACH = 100
SIZES = {"1/100": 10, "1/10": 100, "1": 1000}
FAR_MS = 50
TITLE = "read: HITs with 100 assignments each, 1,000 HITs at size 1 (100,000 people)"


def _lines():
    for size, tasks in SIZES.items():
        yield Line(None, f"size {size}: {tasks:,} HITs", "")
        if size != "1":
            yield Line((size, "ratio"), "  workers --csv, × as fast as boto3", "times")
        yield Line((size, "workers"), "  workers --csv", "s")
        yield Line((size, "workers_mb"), "  workers --csv: greatest size", "MB")
        yield Line((size, "plan"), "  plan of a bonus each", "s")
        yield Line((size, "plan_mb"), "  plan: greatest size", "MB")
    yield Line("linear_workers", "size 1 / size 1/10, workers (linear: 10)", "times")
    yield Line("linear_plan", "size 1 / size 1/10, plan (linear: 10)", "times")
    yield Line("far", f"size 1/100, {FAR_MS} ms away: × boto3's paginator", "times")


LINES = list(_lines())
CAMPAIGN = (
    "campaign: read\nhits: { file: tasks.txt }\n"
    "steps:\n  - bonus: { amount: 1.00, message: Thanks }\n"
)


def read(stage, tasks, with_boto3, rows=None):
    with stage.folder() as folder:
        (folder / "c.yaml").write_text(CAMPAIGN)
        (folder / "tasks.txt").write_text("".join(f"{task(n)}\n" for n in range(tasks)))
        with stage.simulator(folder, made_up(tasks, EACH), rows) as simulator:
            options = {"server": simulator, "keep": False}
            workers = stage.run_bursar(folder, "workers", "--csv", "c.yaml", **options)
            plan = stage.run_bursar(folder, "plan", "c.yaml", **options)
            boto3_s = None
            if with_boto3:
                _, said = stage.run_payer(folder, "read", simulator, "tasks.txt")
                boto3_s = said["wall_s"]
    return workers, plan, boto3_s


def measure(stage):
    samples = {}
    for size, tasks in SIZES.items():
        if stage.quick and size == "1":
            continue
        workers, plan, boto3_s = read(stage, tasks, size != "1")
        samples[size, "workers"], samples[size, "workers_mb"] = workers.wall_s, workers.peak_mb
        samples[size, "plan"], samples[size, "plan_mb"] = plan.wall_s, plan.peak_mb
        if boto3_s:
            samples[size, "ratio"] = boto3_s / workers.wall_s
    for name in () if stage.quick else ("workers", "plan"):
        samples[f"linear_{name}"] = samples["1", name] / samples["1/10", name]
    far = faults(f"fault: latency, ms: {FAR_MS}")
    workers, _, boto3_s = read(stage, SIZES["1/100"], True, far)
    samples["far"] = boto3_s / workers.wall_s
    return samples
