"""Where a row is measured: a folder on a real disk, a simulator or the stand-in server, and
commands under the stopwatch. Whatever is started here is ended here, also when a row breaks.

Only what bursar does for itself is left on: the folder is on the disk that bursar was built on, so
that "durable" means what it means there, and each command gets an environment of its own.
"""

import contextlib
import dataclasses
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# The peers are Debian's packages, which only Debian's own python finds.
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
IN_FLIGHT = 32


@dataclasses.dataclass
class Cost:
    """What one command took, and how it ended."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    code: int
    stdout: str
    stderr: str


@dataclasses.dataclass
class Stage:
    bursar: pathlib.Path
    scratch: pathlib.Path
    quick: bool = False
    running: set = dataclasses.field(default_factory=set)
    ended: bool = False

    def __post_init__(self):
        self.stopwatch = self.scratch / "stopwatch"
        compiler = os.environ.get("CC", "cc")
        source = HERE / "stopwatch.c"
        command = [compiler, "-O2", "-std=gnu11", "-o", self.stopwatch, source]
        subprocess.run(command, check=True)

    def size(self, full, quick):
        return quick if self.quick else full

    @contextlib.contextmanager
    def folder(self):
        """A new folder to work in, which goes away."""
        path = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=self.scratch))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    @contextlib.contextmanager
    def simulator(self, folder, world, faults=None):
        import house  # which reads the environment when it is loaded

        house.BURSAR = str(self.bursar)
        simulator = house.Simulator(folder, world, faults)
        try:
            yield simulator
        finally:
            simulator.close()

    @contextlib.contextmanager
    def meter(self, *arguments):
        """The stand-in server of meter.py; `.count()` ends it and gives what it counted."""
        meter = Meter(arguments)
        try:
            yield meter
        finally:
            meter.close()

    def environment(self, folder, server=None):
        return {
            "PATH": "/usr/bin:" + os.environ.get("PATH", "/bin"),
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "XDG_STATE_HOME": str(folder / "state"),
            "PYTHONPATH": f"{ROOT / 'tests/peers'}:{ROOT / 'tests/support'}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "AWS_DEFAULT_REGION": "us-east-1",
            **(server.environment if server else {}),
        }

    def run(self, folder, *command, server=None, keep=True, expect=(0,), timeout=600):
        """Runs a command in the folder. What it prints is kept, or goes nowhere. `expect` are
        the exit codes that are no trouble; with None every end is good, and None is given for a
        command that took too long."""
        if self.ended:
            raise SystemExit("ended")
        report = folder / "stopwatch.txt"
        process = subprocess.Popen(
            [self.stopwatch, report, *map(str, command)],
            cwd=folder,
            env=self.environment(folder, server),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if keep else subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.running.add(process)
        try:
            stdout, stderr = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            if expect is not None:
                raise
            return None
        finally:
            process.kill()  # and with the stopwatch its command; of no effect after the end
            process.wait()
            self.running.discard(process)
        if expect is not None and process.returncode not in expect:
            words = " ".join(map(str, command))
            raise SystemExit(f"{words}: exit {process.returncode}\n{stdout or ''}{stderr}")
        wall, user, system, peak_kb = map(float, report.read_text().split())
        return Cost(
            wall, user + system, peak_kb / 1024, process.returncode, stdout or "", stderr
        )

    def end(self):
        """Ends what still runs, also in other threads, and starts nothing more."""
        self.ended = True
        for process in list(self.running):
            process.kill()

    def run_bursar(self, folder, *arguments, **options):
        return self.run(folder, self.bursar, *arguments, **options)

    def run_payer(self, folder, way, server, task, *arguments, **options):
        """boto3 as payer.py uses it; gives the cost, and what the script says of itself when it
        came to its end."""
        command = [PYTHON, HERE / "payer.py", way, task, *arguments]
        cost = self.run(folder, *command, server=server, **options)
        return cost, json.loads(cost.stdout) if cost and cost.stdout else None


class Meter:
    def __init__(self, arguments):
        self.process = subprocess.Popen(
            [PYTHON, HERE / "meter.py", *map(str, arguments)],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "tests/support"),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdin=subprocess.PIPE,  # whose end is the server's end
            stdout=subprocess.PIPE,
            text=True,
        )
        line = self.process.stdout.readline()
        if not line:
            self.close()
            raise SystemExit("the stand-in server did not start")
        self.environment = json.loads(line)

    def count(self):
        return json.loads(self.process.communicate(timeout=20)[0])

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def task(number):
    return f"3TASK{number:05}"


def made_up(tasks, people_each):
    """A world of so many HITs, each done by so many people whom the simulator makes up."""
    rows = "".join(
        f"  - {{ id: {task(number)}, title: Tell us a joke, reward: 0.20, "
        f"made_up: {{ count: {people_each}, status: Approved }} }}\n"
        for number in range(tasks)
    )
    return f"balance: 900000.00\nhits:\n{rows}"


def paid_at(simulator):
    """When each bonus was paid, in seconds, by the marketplace's own book."""
    return [
        datetime.datetime.fromisoformat(line["at"].replace("Z", "+00:00")).timestamp()
        for line in simulator.book()
        if line["kind"] == "bonus"
    ]


def rate(times, latency_s=0.0):
    """How many a second, from the first to the last. The book's time is that of a call's arrival or
    of its answer, so one latency belongs to the span as well."""
    return len(times) / (max(times) - min(times) + latency_s)
