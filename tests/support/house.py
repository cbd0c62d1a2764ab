"""What whole-program tests are written in: a folder to work in, the simulator, the bursar binary.

    class a_campaign(Story):
        def test_pays_everyone_once(self):
            self.simulate(world(assignments=5))
            self.write("c.yaml", campaign("- bonus: { amount: 1.00, message: Thanks }"))
            self.assertEqual(self.bursar("run", "--yes", "c.yaml").returncode, 0)
            self.assertEqual(self.paid(), 500)
"""

import collections
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

BURSAR = os.environ.get("BURSAR", str(pathlib.Path(__file__).parents[2] / "build/test/bursar"))
TASK = "3PR3LXCWSF67WOX6Y5S8EXAMPLE1"
QUALIFICATION = "3JNQJJEQXNSX7K3S6OQGEXAMPLE1"


def worker(number):
    return f"A1WORKER{number:05}"


def assignment(number):
    return f"3ASSIGNMENT{number:08}"


def everyone(count):
    """Each of so many workers once; what `times` gives when nobody was forgotten or done twice."""
    return {worker(number): 1 for number in range(count)}


def world(assignments=5, status="Approved", balance="1000.00", task=TASK, first=0, more=""):
    """One task with so many assignments, each by another worker."""
    lines = [
        f"balance: {balance}",
        'account: "123456789012"',
        "qualifications:",
        f"  - {{ id: {QUALIFICATION}, name: Took part, description: Took part }}",
        "hits:",
        f"  - id: {task}",
        "    title: Tell us a joke",
        "    reward: 0.20",
        f"    max_assignments: {max(assignments, 1)}",
        "    assignments:" if assignments else "    assignments: []",
    ]
    for i in range(first, first + assignments):
        minute, second = divmod(i % 3600, 60)
        lines.append(
            f"      - {{ id: {assignment(i)}, worker: {worker(i)}, status: {status}, "
            f'submitted: "2026-11-20T11:{minute:02}:{second:02}Z" }}'
        )
    return "\n".join(lines) + "\n" + more


def campaign(steps, name="joke", head="", hits=TASK):
    """A campaign of these steps (text at the left margin, one '- ' a step)."""
    indented = "".join("  " + line + "\n" for line in steps.strip("\n").split("\n"))
    return f"campaign: {name}\n{head}hits: [{hits}]\nsteps:\n{indented}"


def hit(task, work, status="Approved", reward="0.20", places=None, title="Tell us a joke"):
    """One more task for a world: `work` names each assignment, its worker, when it was handed in."""
    lines = [
        f"  - id: {task}",
        f"    title: {title}",
        f"    reward: {reward}",
        f"    max_assignments: {places or max(len(work), 1)}",
        "    assignments:" if work else "    assignments: []",
    ]
    for name, person, submitted in work:
        lines.append(
            f"      - {{ id: {name}, worker: {person}, status: {status}, "
            f'submitted: "{submitted}" }}'
        )
    return "\n".join(lines) + "\n"


def faults(*rows):
    """A faults file; each row is what stands between its braces."""
    return "".join(f"- {{ {row} }}\n" for row in rows)


class Simulator:
    """`bursar simulate` in a process of its own, for one world."""

    def __init__(self, folder, world_text, faults=None, seed=1):
        self.book_path = folder / f"book-{time.monotonic_ns()}.jsonl"
        world_path = folder / "world.yaml"
        world_path.write_text(world_text)
        command = [BURSAR, "simulate", "--world", world_path, "--book", self.book_path]
        command += ["--seed", str(seed)]
        if faults:
            (folder / "faults.yaml").write_text(faults)
            command += ["--faults", folder / "faults.yaml"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.environment = {}
        while "AWS_SECRET_ACCESS_KEY" not in self.environment:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError("the simulator did not start")
            name, _, value = line.strip().partition("=")
            self.environment[name] = value
        self.endpoint = self.environment["AWS_ENDPOINT_URL_MTURK"]

    def book(self):
        lines = self.book_path.read_text().splitlines()
        return [json.loads(line) for line in lines]

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)
        self.process.stdout.close()


class Story(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bursar-story-"))
        self.simulators = []
        self.addCleanup(self.clear_away)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "XDG_STATE_HOME": str(self.folder / "state"),
        }

    def clear_away(self):
        """Also when a setUp failed half way: nothing of a test goes on after it."""
        for simulator in self.simulators:
            simulator.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def simulate(self, world_text, faults=None, seed=1):
        """From here on bursar talks to a simulator with this world."""
        simulator = Simulator(self.folder, world_text, faults, seed)
        self.simulators.append(simulator)
        self.environment.update(simulator.environment)
        return simulator

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def bursar(self, *arguments, stdin=subprocess.DEVNULL, timeout=120, **environment):
        """Runs bursar in the story's folder; what it prints is text."""
        return subprocess.run(
            [BURSAR, *map(str, arguments)],
            cwd=self.folder,
            env={**self.environment, **environment},
            stdin=stdin,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    def start(self, *arguments):
        """The same, in the background; `wait_for` follows what it does."""
        return subprocess.Popen(
            [BURSAR, *map(str, arguments)],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run_campaign(self, *arguments, name="c.yaml", **options):
        return self.bursar("run", "--yes", *arguments, name, **options)

    def assert_ends(self, answer, code):
        """How a command ended; when it ended otherwise, what it said."""
        said = f"{answer.args}\n{answer.stdout}\n{answer.stderr}"
        self.assertEqual(answer.returncode, code, said)
        return answer

    def assert_nobody_twice(self):
        """Whatever happened: by the marketplace's own book nobody was paid or told twice. Each
        worker of the world has one assignment."""
        for kind in ("approve", "bonus", "message"):
            twice = {who: count for who, count in self.times(kind).items() if count > 1}
            self.assertEqual(twice, {}, kind)

    def open_verbs(self, name="c.yaml"):
        """The verbs of what is not done, by the journal."""
        return {deed["do"] for deed in self.status(name)["deeds"]}

    def run_to_the_end(self, *arguments, runs_most=8):
        """Runs again until only messages are left undecided, or nothing; gives the last answer.
        Nobody may be paid twice on the way, and 0 may not hide anything."""
        for _ in range(runs_most):
            answer = self.run_campaign(*arguments)
            self.assertIn(answer.returncode, (0, 1, 4), answer.stderr)
            self.assert_nobody_twice()
            left = self.open_verbs() if self.has_journal() else set()
            if answer.returncode == 0:
                self.assertEqual(left, set(), "0 means that everything is decided")
                return answer
            if answer.returncode == 4 and left == {"notify"}:
                return answer
        return self.fail(f"not at its end after {runs_most} runs: {answer.stderr}")

    def assert_says(self, answer, *words):
        """Each of these stands on standard error, whose lines may be broken anywhere."""
        said = " ".join(answer.stderr.split())
        for word in words:
            self.assertIn(" ".join(word.split()), said)

    def has_journal(self, name="c.simulator.journal.jsonl"):
        return (self.folder / name).exists()

    def forget(self, name="c.simulator.journal.jsonl"):
        """As on another machine: no journal, and no second copy of one."""
        (self.folder / name).unlink(missing_ok=True)
        self.forget_copies()

    def forget_copies(self):
        shutil.rmtree(self.folder / "state", ignore_errors=True)

    def status(self, name="c.yaml"):
        """What `status --json` says, from the journal alone."""
        return json.loads(self.bursar("status", "--json", name).stdout)

    def plan(self, name="c.yaml"):
        answer = self.bursar("plan", "--json", name)
        return json.loads(answer.stdout)

    def wait_for(self, condition, what, seconds=20):
        """Until something has happened that another process does."""
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until:
                self.fail(f"waited {seconds} s in vain: {what}")
            time.sleep(0.01)

    def journal(self, name="c.simulator.journal.jsonl"):
        return [json.loads(line) for line in (self.folder / name).read_text().splitlines()]

    def book(self, kind=None):
        """The marketplace's own book, from the newest simulator."""
        lines = self.simulators[-1].book()
        return [line for line in lines if kind is None or line["kind"] == kind]

    def times(self, kind):
        """How often the marketplace did this to each worker, by its own book."""
        return collections.Counter(line["worker"] for line in self.book(kind))

    def writes(self):
        """How many deeds the marketplace's book holds; the first line is the balance."""
        return len(self.book()) - 1

    def spent(self, kind="bonus"):
        """Cents that left the account, fees included, by the marketplace's own book."""
        return -sum(
            part["cents"]
            for line in self.book(kind)
            for part in line["lines"]
            if part["account"] == "requester"
        )

    def paid(self):
        """Cents that workers got as bonuses, by the marketplace's own book."""
        return sum(
            part["cents"]
            for line in self.book("bonus")
            for part in line["lines"]
            if part["account"].startswith("worker")
        )
