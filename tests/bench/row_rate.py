"""A server that allows R calls a second and tells nobody. All calls count, also those that read;
time runs from the first call to the last. The server is meter.py, whose bucket starts full.

"used" is the share that was admitted of everything the server would have admitted in that time,
its first burst included; that is never more than the share of R. Throttled is the share of all
calls sent. What the SDK gave up on is not paid, and counts for nothing else here."""

import concurrent.futures
import dataclasses

from house import TASK, campaign

from stage import IN_FLIGHT
from table import Line


@dataclasses.dataclass(frozen=True)
class Server:
    rate: int
    burst: int
    latency_ms: int = 0
    later: int = 0  # the rate after CHANGE_S, when it changes

    def words(self):
        words = f"R = {self.rate}" + (f", then {self.later}" if self.later else "")
        words += f", burst {self.burst}"
        return words + (f", {self.latency_ms} ms away" if self.latency_ms else "")

    def arguments(self, seconds):
        arguments = ["--rate", self.rate, "--burst", self.burst, "--latency-ms", self.latency_ms]
        return arguments + (["--change", f"{seconds / 2}:{self.later}"] if self.later else [])

    def people(self, seconds):
        """As many as keep a client that wastes nothing busy for so long."""
        rates = (self.rate, self.later or self.rate)
        return int(self.burst + seconds * sum(rates) / 2)


SERVERS = [
    Server(5, 1),
    Server(5, 10),
    Server(5, 50, latency_ms=50),
    Server(20, 10),
    Server(20, 1, latency_ms=50),
    Server(100, 10, latency_ms=50),
    Server(100, 50),
    Server(500, 50),
    Server(500, 50, latency_ms=50),
    Server(100, 10, latency_ms=50, later=20),
    Server(20, 10, latency_ms=50, later=100),
]
QUICK = [Server(20, 10), Server(100, 10, latency_ms=50, later=20)]
WAYS = {
    "bursar": "bursar",
    "adaptive": f"boto3 adaptive, {IN_FLIGHT} threads",
    "threads": f"boto3 in {IN_FLIGHT} threads",
}
LONGEST_S = 120  # a run that takes longer is ended, and counts as far as it came
IDLE = 20  # calls a second
TITLE = f"rate: a server that allows R calls a second, {IN_FLIGHT} in flight, R told to nobody"


def _lines():
    for server in SERVERS:
        for way, name in WAYS.items():
            budgets = ({"least": 0.95}, {"most": 0.03}) if way == "bursar" else ({}, {})
            begin = (server, way)
            if way == "bursar":
                yield Line(None, server.words(), "share")
            yield Line((*begin, "used"), f"  {name}: used", "share", **budgets[0])
            yield Line((*begin, "throttled"), f"  {name}: throttled", "share", **budgets[1])
            yield Line((*begin, "unpaid"), f"  {name}: not paid", "share")


LINES = list(_lines())
CAMPAIGN = campaign("- bonus: { amount: 1.00, message: Thanks }")


def pay(stage, server, way):
    seconds = stage.size(10, 4)
    people = server.people(seconds)
    with stage.folder() as folder:
        with stage.meter("--people", people, *server.arguments(seconds)) as meter:
            options = {"expect": None, "timeout": LONGEST_S}
            if way == "bursar":
                (folder / "c.yaml").write_text(CAMPAIGN)
                arguments = "run", "--yes", "--concurrency", IN_FLIGHT, "c.yaml"
                stage.run_bursar(folder, *arguments, server=meter, **options)
            else:
                stage.run_payer(folder, way, meter, TASK, IN_FLIGHT, **options)
            count = meter.count()
    if count["twice"]:
        raise SystemExit(f"{way}: {count['twice']} bonuses were paid twice")
    return {
        "used": count["admitted"] / count["allowed"],
        "throttled": count["throttled"] / (count["admitted"] + count["throttled"]),
        "unpaid": count["unpaid"] / people,
    }


def measure(stage):
    """Few calls a second leave the machine idle, so there all three run at the same time."""
    samples = {}
    for server in QUICK if stage.quick else SERVERS:
        at_once = len(WAYS) if max(server.rate, server.later) <= IDLE else 1
        with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
            for way, told in zip(WAYS, pool.map(lambda way: pay(stage, server, way), WAYS)):
                samples.update({(server, way, name): told[name] for name in told})
    return samples
