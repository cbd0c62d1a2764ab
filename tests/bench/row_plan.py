"""A dry run over a long CSV. Reading the marketplace is the same plan over a CSV of just the
thousand people who took part; what is above that is the price of the long one.

Two campaigns: a thousand people are paid by a table in which everyone else of the world stands too;
and every row of the CSV is a person to qualify, which is as many actions as rows."""

from house import QUALIFICATION, TASK, campaign, worker, world

from table import Line

PEOPLE = 1000
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
TITLE = "plan: over a CSV of 1,000,000 rows, above reading the marketplace"
LINES = [
    Line(None, "a table for 1,000 people, the other rows match nobody", ""),
    Line("table_10k", "  10,000 rows", "s"),
    Line("table_100k", "  100,000 rows", "s"),
    Line("table_1m", "  1,000,000 rows", "s", most=1.0),
    Line("table_mb", "  1,000,000 rows: greatest size", "MB", most=200),
    Line("table_linear", "  1,000,000 / 100,000 rows (linear: 10)", "times"),
    Line(None, "every row a worker to qualify, with a score from it", ""),
    Line("roster_10k", "  10,000 rows", "s"),
    Line("roster_100k", "  100,000 rows", "s"),
    Line("roster_1m", "  1,000,000 rows", "s", most=1.0),
    Line("roster_mb", "  1,000,000 rows: greatest size", "MB", most=200),
    Line("roster_linear", "  1,000,000 / 100,000 rows (linear: 10)", "times"),
]
DATA = "data:\n  scores: { csv: %s, match: { worker: worker_id } }\n"
BONUS = '- bonus: { amount: "${{ scores.bonus_usd }}", message: "You scored ${{ scores.score }}." }'
QUALIFY = f'  - qualify: {{ qualification: {QUALIFICATION}, value: "${{{{ scores.score }}}}" }}\n'


def write_rows(path, count):
    with open(path, "w") as file:
        file.write("worker_id,bonus_usd,score\n")
        file.writelines(f"{worker(n)},1.{n % 100:02},{n % 21}\n" for n in range(count))


def write_campaigns(folder, key, rows):
    name = f"{key}.csv"
    write_rows(folder / name, rows)
    (folder / f"table_{key}.yaml").write_text(campaign(BONUS, head=DATA % name))
    head = f"campaign: joke\nworkers: {{ csv: {name}, column: worker_id }}\n"
    (folder / f"roster_{key}.yaml").write_text(head + DATA % name + "steps:\n" + QUALIFY)


def measure(stage):
    samples = {}
    with stage.folder() as folder:
        sizes = {key: rows // (10 if stage.quick else 1) for key, rows in SIZES.items()}
        for key, rows in {"base": PEOPLE, **sizes}.items():
            write_campaigns(folder, key, rows)
        with stage.simulator(folder, world(PEOPLE, balance="100000.00")) as simulator:

            def plan(kind, key):
                name = f"{kind}_{key}.yaml"
                return stage.run_bursar(folder, "plan", name, server=simulator, keep=False)

            for kind in ("table", "roster"):
                base = plan(kind, "base").wall_s
                costs = {key: plan(kind, key) for key in sizes}
                for key, cost in costs.items():
                    samples[f"{kind}_{key}"] = max(0.0, cost.wall_s - base)
                samples[f"{kind}_mb"] = costs["1m"].peak_mb
                above = [max(0.001, samples[f"{kind}_{key}"]) for key in ("1m", "100k")]
                samples[f"{kind}_linear"] = above[0] / above[1]
    return samples
