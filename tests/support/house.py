"""What whole-program tests are written in: a folder to work in, the simulator, the bursar binary.

    class a_campaign(Story):
        def test_pays_everyone_once(self):
            self.simulate(world(assignments=5))
            self.write("c.yaml", campaign("- bonus: { amount: 1.00, message: Thanks }"))
            self.assertEqual(self.bursar("run", "--yes", "c.yaml").returncode, 0)
            self.assertEqual(self.paid(), 500)
"""

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
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "XDG_STATE_HOME": str(self.folder / "state"),
        }

    def tearDown(self):
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
        """The same, in the background."""
        return subprocess.Popen(
            [BURSAR, *map(str, arguments)],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def plan(self, name="c.yaml"):
        answer = self.bursar("plan", "--json", name)
        return json.loads(answer.stdout)

    def journal(self, name="c.simulator.journal.jsonl"):
        return [json.loads(line) for line in (self.folder / name).read_text().splitlines()]

    def book(self, kind=None):
        """The marketplace's own book, from the newest simulator."""
        lines = self.simulators[-1].book()
        return [line for line in lines if kind is None or line["kind"] == kind]

    def paid(self):
        """Cents that workers got as bonuses, by the marketplace's own book."""
        return sum(
            part["cents"]
            for line in self.book("bonus")
            for part in line["lines"]
            if part["account"].startswith("worker")
        )
