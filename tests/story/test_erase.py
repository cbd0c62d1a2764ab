"""Taking people out: they stand nowhere any more, nothing is lost of what was done for them, and
nobody is paid or told twice. The simulator's book decides."""

import hashlib
import json
import re
import shutil
import subprocess
import time
import unittest
from datetime import datetime, timedelta, timezone

from house import BURSAR, QUALIFICATION, TASK, Story, assignment, campaign, hit, worker, world
from terminal import AtATerminal
from test_injection import WHY_NOT

STEPS = f"""
- approve: {{ feedback: Well done }}
- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}
- bonus: {{ amount: 1.00, message: Thanks }}
- notify: {{ subject: Your bonus, message: We paid you }}
"""
HEAD = "where: { status: [Submitted] }\nlimits: { total: 100.00, per_worker: 5.00 }\n"
JOURNAL = "c.simulator.journal.jsonl"
TOMORROW = (datetime.now(timezone.utc) + timedelta(hours=23)).strftime("%Y-%m-%dT%H:%M:%SZ")
GONE = worker(1)


class Erasing(Story):
    def begin(self, count=3, steps=STEPS, faults=None, **of_world):
        self.simulate(world(count, status="Submitted", **of_world), faults=faults)
        self.write("c.yaml", campaign(steps, head=HEAD))

    def erase(self, *arguments, ends=0, who=GONE, name="c.yaml"):
        arguments = arguments or ("--worker", who)
        return self.assert_ends(self.bursar("journal", "erase", "--yes", *arguments, name), ends)

    def ours(self):
        """Every file of the campaign and of this machine's state; not the marketplace's own."""
        for path in self.folder.rglob("*"):
            if path.is_file() and not re.match(r"book-|world\.yaml|faults\.yaml", path.name):
                yield path

    def naming(self, who=GONE, work=assignment(1)):
        """Those in which the person stands, byte by byte."""
        ids = (who.encode(), work.encode())
        return {
            str(path.relative_to(self.folder))
            for path in self.ours()
            if any(name in path.read_bytes() or name.decode() in path.name for name in ids)
        }

    def account(self):
        """What `status` counts, whoever it was for."""
        status = self.status()
        return {name: status[name] for name in ("steps", "total", "done")}

    def assert_sound(self):
        self.assertEqual(self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0).stderr, "")

    def assert_nothing_more_happens(self):
        writes = self.writes()
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.writes(), writes)
        self.assert_nobody_twice()


class OnePerson(Erasing):
    def test_stands_nowhere_and_everything_else_stays(self):
        self.begin()
        self.assert_ends(self.run_campaign(), 0)
        before, size = self.account(), len(self.naming())
        self.assertEqual(size, 2)
        answer = self.erase()
        self.assertEqual(self.naming(), set())
        self.assertNotIn(GONE, answer.stdout + answer.stderr)
        self.assertEqual(len(self.naming(worker(0), assignment(0))), 2)
        self.assertEqual(self.account(), before)
        self.assert_sound()
        self.assert_nothing_more_happens()
        erased = self.journal()[-1]
        self.assertEqual((erased["kind"], len(erased["keys"])), ("erased", 4))

    def test_is_not_paid_again_by_a_marketplace_that_has_forgotten(self):
        """Only the key is left to tell; new work by the same person is paid once."""
        self.begin()
        self.assert_ends(self.run_campaign(), 0)
        self.erase()
        more = hit(TASK[:-1] + "2", [("3NEWWORK", GONE, "2026-11-21T10:00:00Z")], "Submitted")
        self.simulate(world(3, status="Submitted") + more)
        self.write("c.yaml", campaign(STEPS, head=HEAD, hits=f"{TASK}, {TASK[:-1]}2"))
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual([line["assignment"] for line in self.book("bonus")], ["3NEWWORK"])
        self.assertEqual([line["assignment"] for line in self.book("approve")], ["3NEWWORK"])
        self.assertEqual(self.book("message"), [])
        self.assertNotEqual(self.naming(), set())
        self.assert_nothing_more_happens()
        self.erase()
        self.assertEqual(self.naming(work="3NEWWORK"), set())
        self.assert_sound()
        self.assert_nothing_more_happens()

    def test_counts_against_the_limit_for_one_worker(self):
        self.begin(steps="- bonus: { amount: 3.00, message: Thanks }")
        self.assert_ends(self.run_campaign(), 0)
        self.erase()
        more = hit(TASK[:-1] + "2", [("3NEWWORK", GONE, "2026-11-21T10:00:00Z")], "Submitted")
        self.simulate(world(3, status="Submitted") + more)
        steps = "- bonus: { amount: 3.00, message: Thanks }"
        self.write("c.yaml", campaign(steps, head=HEAD, hits=f"{TASK}, {TASK[:-1]}2"))
        answer = self.assert_ends(self.run_campaign(), 5)
        self.assert_says(answer, "limits.per_worker", "6.00")

    def test_whom_the_marketplace_named_in_its_words(self):
        no = (
            f"- {{ fault: refuse, operation: SendBonus, worker: {GONE}, "
            "turk_code: AWS.MechanicalTurk.InvalidParameterValue, "
            f"message: 'Worker {GONE} is gone' }}\n"
        )
        self.begin(faults=no)
        self.assert_ends(self.run_campaign(), 3)
        self.assertNotEqual(self.naming(), set())
        self.erase()
        self.assertEqual(self.naming(), set())
        self.assertIn("(erased)", self.bursar("status", "--show-ids", "c.yaml").stdout)
        (deed,) = self.status()["deeds"]
        self.assertEqual((deed["worker"], deed["erased"], deed["text"]), ("", True, ""))
        self.assert_ends(self.bursar("resolve", "--waive", "bonus", "c.yaml"), 0)

    def test_of_whom_something_is_open_is_decided_first(self):
        lost = "- { fault: hang-up-after, operation: NotifyWorkers, count: 1 }\n"
        self.begin(faults=lost)
        self.assert_ends(self.run_campaign(), 4)
        before = (self.folder / JOURNAL).read_bytes()
        answer = self.erase(ends=4)
        self.assert_says(answer, "1 of the actions meant has no known outcome", "nothing was erased")
        self.assertIn("bursar resolve c.yaml", answer.stderr)
        self.assertEqual((self.folder / JOURNAL).read_bytes(), before)
        self.erase("--before", TOMORROW, ends=4)
        self.assert_ends(self.bursar("resolve", "--done", "notify", "c.yaml"), 0)
        self.erase()
        self.assertEqual(self.naming(), set())
        self.assert_nothing_more_happens()

    def test_who_does_not_occur(self):
        self.begin()
        self.assert_ends(self.run_campaign(), 0)
        before = (self.folder / JOURNAL).read_bytes()
        answer = self.erase(who="A2NOBODY")
        self.assertIn("nothing was changed", answer.stdout)
        self.assertEqual((self.folder / JOURNAL).read_bytes(), before)

    def test_where_the_id_stands_besides_is_said(self):
        self.begin()
        self.write("data/scores.csv", f"worker,score\n{GONE},3\n{worker(0)},4\n")
        head = HEAD + "data:\n  scores: { csv: data/scores.csv, match: { worker: worker } }\n"
        self.write("c.yaml", campaign(STEPS, head=head))
        self.assert_ends(self.run_campaign(), 0)
        self.assert_ends(self.bursar("plan", "-o", "plan.json", "c.yaml"), 0)
        answer = self.erase()
        named = answer.stdout.split("still stands in:")[1]
        self.assertIn("plan.json", named)
        self.assertIn("data/scores.csv", named)
        self.assertIn("history of a repository", named)
        answer = self.assert_ends(self.bursar("run", "plan.json"), 5)
        self.assert_says(answer, "people were erased from it")

    def test_where_it_still_stands_is_said_again(self):
        self.begin()
        self.assert_ends(self.run_campaign(), 0)
        self.assert_ends(self.bursar("plan", "-o", "plan.json", "c.yaml"), 0)
        self.write("results.csv", f"AssignmentId,Answer\n{assignment(1)},yes\n")
        self.write("others.csv", f"AssignmentId,Answer\n{assignment(0)},yes\n{assignment(1)}2,no\n")
        named = self.erase().stdout.split("still stands in:")[1]
        self.assertIn("results.csv", named, "the ID of their work is theirs")
        self.assertNotIn("others.csv", named)
        answer = self.erase()
        self.assertIn("nothing was changed", answer.stdout)
        self.assertIn("4 of the journal's actions are for people who were erased", " ".join(answer.stdout.split()))
        self.assertIn("plan.json", answer.stdout.split("still stands in:")[1])

    def test_before_a_day_names_the_files_too(self):
        self.begin()
        self.assert_ends(self.run_campaign(), 0)
        self.write("mine.csv", f"WorkerId\n{worker(2)}\n")
        self.write("other.csv", "WorkerId\nA1NOBODY\n")
        named = self.erase("--before", TOMORROW).stdout.split("still stand in:")[1]
        self.assertIn("mine.csv", named)
        self.assertNotIn("other.csv", named)

    def test_of_whom_something_newer_stays_no_file_is_named(self):
        self.begin(steps="- approve: {}")
        self.assert_ends(self.run_campaign(), 0)
        moment = (datetime.now(timezone.utc) + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        time.sleep(2.1)
        self.write("c.yaml", campaign("- approve: {}\n" + STEPS.strip().splitlines()[2], head=HEAD))
        self.assert_ends(self.run_campaign(), 0)
        self.write("mine.csv", f"WorkerId\n{worker(2)}\n")
        said = self.erase("--before", moment).stdout
        self.assertIn("Taken out", said)
        self.assertNotIn("mine.csv", said)

    def test_the_status_of_somebody_erased_is_no_lie(self):
        self.begin()
        self.assert_ends(self.run_campaign(), 0)
        self.erase()
        answer = self.assert_ends(self.bursar("status", "--worker", GONE, "c.yaml"), 0)
        self.assertIn("4 actions are for people who were erased", " ".join(answer.stdout.split()))
        self.assertIn(f"{GONE} in simulator: no bonus that names them", answer.stdout)

    def test_everybody_before_a_day(self):
        self.begin()
        self.assert_ends(self.run_campaign(), 0)
        before = self.account()
        answer = self.erase("--before", "2000-01-01")
        self.assertIn("nothing was changed", answer.stdout)
        self.erase("--before", TOMORROW)
        for number in range(3):
            self.assertEqual(self.naming(worker(number), assignment(number)), set())
        self.assertEqual(self.account(), before)
        self.assert_sound()
        self.assert_nothing_more_happens()

    def test_what_the_command_line_takes(self):
        self.begin()
        self.assert_ends(self.run_campaign(), 0)
        for arguments in (
            ("--worker", GONE, "--before", "2026-01-01"),
            ("--worker", "a person"),
            ("--before", "yesterday"),
            ("--before", "2099-01-01"),
            ("-o", "copy.jsonl"),
        ):
            self.erase(*arguments, ends=64)
        self.assert_ends(self.bursar("journal", "erase", "--worker", GONE, "c.yaml"), 64)
        (self.folder / "a-folder").mkdir()
        answer = self.assert_ends(self.bursar("journal", "erase", "--yes", "a-folder"), 64)
        self.assert_says(answer, "a-folder is a folder")
        answer = self.assert_ends(self.bursar("journal", "erase", "--yes", "world.yaml"), 64)
        self.assert_says(answer, "it cannot be run as it is", "bursar check world.yaml")
        self.assert_ends(self.bursar("journal", "erase", "--yes", "c.yaml"), 64)
        self.assert_ends(self.bursar("journal", "verify", "--worker", GONE, "c.yaml"), 64)
        self.assertEqual(len(self.naming()), 2)

    def test_a_run_that_goes_on_is_not_disturbed(self):
        self.begin(faults="- { fault: latency, ms: 300 }\n")
        run = self.start("run", "--yes", "c.yaml")
        self.wait_for(self.has_journal, "a journal")
        self.erase(ends=75)
        run.communicate(timeout=60)
        self.assertEqual(run.returncode, 0)


class AskedFirst(AtATerminal):
    def test_yes_is_a_word_of_the_persons(self):
        self.simulate(world(3))
        self.write("c.yaml", campaign(STEPS))
        self.assert_ends(self.run_campaign(), 0)
        before = (self.folder / JOURNAL).read_bytes()
        for typed, ends in (("n\n", 5), ("\n", 5), ("y\n", 0)):
            self.assertEqual((self.folder / JOURNAL).read_bytes(), before)
            terminal = self.terminal("journal", "erase", "--worker", GONE, "c.yaml")
            terminal.wait_for("This cannot be taken back. Go ahead? [y/N]")
            terminal.type(typed)
            code, shown = terminal.end()
            self.assertEqual(code, ends, shown)
        self.assertNotIn(GONE.encode(), (self.folder / JOURNAL).read_bytes())


class Copies(Erasing):
    """Other copies of the journal do not bring anybody back without a word."""

    def setUp(self):
        super().setUp()
        self.begin()
        self.assert_ends(self.run_campaign(), 0)
        self.old = (self.folder / JOURNAL).read_bytes()

    def test_a_journal_put_back_from_a_repository(self):
        self.erase()
        (self.folder / JOURNAL).write_bytes(self.old)
        answer = self.assert_ends(self.bursar("journal", "restore", "c.yaml"), 0)
        self.assertIn("bursar journal erase c.yaml", answer.stdout)
        aside = next(self.folder.glob(JOURNAL + ".replaced-*"))
        self.assertEqual(self.naming(), {aside.name})
        self.assert_ends(self.bursar("journal", "erase", "--yes", "c.yaml"), 0)
        self.assertEqual(self.naming(), set())
        self.assert_sound()
        self.assert_nothing_more_happens()

    def test_a_second_copy_from_before_of_which_the_journal_does_not_know(self):
        """A backup of the state folder came back, and the journal lost its last record."""
        copies = {path: path.read_bytes() for path in self.folder.glob("state/bursar/journals/*.jsonl")}
        self.erase()
        path = self.folder / JOURNAL
        lines = path.read_bytes().splitlines(keepends=True)
        for last in (lines, lines[:-1]):
            path.write_bytes(b"".join(last))
            for copy, content in copies.items():
                copy.write_bytes(content)
            self.erase()
            self.assertEqual(self.naming(), set())
            self.assert_sound()

    def test_whom_a_merge_brings_back_is_named(self):
        more = hit(TASK[:-1] + "2", [("3NEWWORK", GONE, "2026-11-21T10:00:00Z")], "Submitted")
        self.erase()
        (self.folder / "theirs").mkdir()
        (self.folder / "theirs/old.jsonl").write_bytes(self.old)
        elsewhere = {"XDG_STATE_HOME": str(self.folder / "other")}
        self.simulate(world(3, status="Submitted") + more)
        self.write("theirs/c.yaml", campaign(STEPS, head=HEAD, hits=f"{TASK[:-1]}2"))
        theirs = ("--journal", "theirs/old.jsonl")
        self.assert_ends(self.bursar("run", "--yes", *theirs, "theirs/c.yaml", **elsewhere), 0)
        answer = self.assert_ends(self.bursar("journal", "merge", "c.yaml", "theirs/old.jsonl"), 0)
        self.assertIn("somebody who was erased", " ".join(answer.stdout.split()))
        self.erase()
        left = {name for name in self.naming(work="3NEWWORK") if not name.startswith("other/")}
        self.assertEqual(left, {"theirs/old.jsonl"})

    def test_an_old_copy_that_is_merged(self):
        self.erase()
        self.write("old/theirs.jsonl", self.old.decode())
        answer = self.assert_ends(self.bursar("journal", "merge", "c.yaml", "old/theirs.jsonl"), 0)
        self.assertIn("holds nothing that", answer.stdout)
        self.assertEqual(self.naming(), {"old/theirs.jsonl"})
        self.assert_sound()

    def test_the_erased_journal_merged_into_an_old_copy(self):
        self.erase()
        elsewhere = {"XDG_STATE_HOME": str(self.folder / "other")}
        self.write("old/c.yaml", (self.folder / "c.yaml").read_text())
        self.write("old/" + JOURNAL, self.old.decode())
        merge = self.bursar("journal", "merge", "old/c.yaml", JOURNAL, **elsewhere)
        self.assert_ends(merge, 0)
        answer = self.bursar("journal", "verify", "old/c.yaml", **elsewhere)
        self.assert_says(self.assert_ends(answer, 0), "people were erased", "still names them")
        self.assertIn("bursar journal erase old/c.yaml", answer.stderr)
        answer = self.bursar("journal", "erase", "--yes", "old/c.yaml", **elsewhere)
        self.assert_ends(answer, 0)
        self.assertEqual(self.naming(), set())

    def test_a_second_copy_of_this_journal_in_another_folder(self):
        self.write("old/c.yaml", (self.folder / "c.yaml").read_text())
        self.write("old/" + JOURNAL, self.old.decode())
        self.erase()
        self.assertEqual(self.naming(), {"old/" + JOURNAL})
        answer = self.bursar("status", "old/c.yaml")
        self.assert_says(answer, "this machine has seen more of this journal than is here")
        writes = self.writes()
        self.assertIn(self.run_campaign(name="old/c.yaml").returncode, (0, 4, 5))
        self.assertEqual(self.writes(), writes)

    def test_the_second_copies_of_journals_that_the_path_had(self):
        (self.folder / "old").mkdir()
        (self.folder / JOURNAL).rename(self.folder / "old/first.jsonl")
        head = HEAD.replace("[Submitted]", "[Submitted, Approved]")
        self.write("c.yaml", campaign(STEPS, head=head))
        self.assert_ends(self.run_campaign(), 4)
        self.assert_ends(self.bursar("journal", "merge", "c.yaml", "old/first.jsonl"), 0)
        self.assertEqual(len(self.naming()), 4)
        self.erase()
        self.assertEqual(self.naming(), {"old/first.jsonl"})
        self.assert_sound()

    def test_everything_written_is_for_its_owner(self):
        self.assert_ends(self.bursar("plan", "-o", "plan.json", "c.yaml"), 0)
        self.assert_ends(self.bursar("rehearse", "--keep", "kept", "c.yaml"), 0)
        self.assert_ends(self.bursar("journal", "redact", "c.yaml", "-o", "copy.jsonl"), 0)
        (self.folder / JOURNAL).chmod(0o644)
        self.erase()
        given = {"c.yaml", "world.yaml", "faults.yaml"}
        open_to_others = [
            str(path)
            for path in self.folder.rglob("*")
            if path.is_file() and path.name not in given and path.stat().st_mode & 0o77
        ]
        self.assertEqual(open_to_others, [])
        for path in (self.folder / "kept").iterdir():
            self.assertEqual(path.stat().st_mode & 0o77, 0, path)


@unittest.skipIf(WHY_NOT, WHY_NOT)
class Stopped(Erasing):
    """A kill, or a failure, at every call that changes a file: the old journal or the new, and the
    next erasure finishes."""

    CALLS = ("openat", "pwrite64", "write", "ftruncate", "fdatasync", "fsync", "rename", "unlink")

    def setUp(self):
        super().setUp()
        self.begin()
        self.assert_ends(self.run_campaign(), 0)
        self.before = self.account()
        torn = (self.folder / JOURNAL).read_bytes() + b'{"seq":99,"at":"2026-11-23T14:00:00.000Z",'
        torn += b'"kind":"intend","group":99,"key":"' + 64 * b"a" + b'","person":{"worker":"'
        (self.folder / JOURNAL).write_bytes(torn + GONE.encode())
        self.kept = {name: self.folder / f"kept-{name}" for name in ("journal", "state")}
        shutil.copy(self.folder / JOURNAL, self.kept["journal"])
        shutil.copytree(self.folder / "state", self.kept["state"])

    def ours(self):
        return (path for path in super().ours() if "kept-" not in str(path))

    def put_back(self):
        for path in self.folder.glob(JOURNAL + "*"):
            path.unlink()
        shutil.rmtree(self.folder / "state")
        shutil.copy(self.kept["journal"], self.folder / JOURNAL)
        shutil.copytree(self.kept["state"], self.folder / "state")

    def traced(self, *injections):
        command = ["strace", "-f", "-o", "calls.log", "-e", "trace=" + ",".join(self.CALLS)]
        for injection in injections:
            command += ["-e", "inject=" + injection]
        return subprocess.run(
            [*command, BURSAR, "journal", "erase", "--yes", "--worker", GONE, "c.yaml"],
            cwd=self.folder,
            env={**self.environment, "ASAN_OPTIONS": "detect_leaks=0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def counts(self):
        self.put_back()
        self.assert_ends(self.traced(), 0)
        self.assertEqual(self.naming(), set())
        lines = (self.folder / "calls.log").read_text()
        (self.folder / "calls.log").unlink()
        return {name: len(re.findall(rf"(?m)^\d+ +{name}\(", lines)) for name in self.CALLS}

    def assert_finished(self):
        (self.folder / "calls.log").unlink(missing_ok=True)
        for verify in ("before", "after"):
            self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)
            self.assertEqual(self.account(), self.before, verify)
            if verify == "before":
                self.erase()
        self.assertEqual(self.naming(), set())
        self.assertEqual(list(self.folder.rglob("*.erasing")), [])
        self.assert_sound()

    def test_a_kill_before_each_call(self):
        counts = self.counts()
        self.assertGreaterEqual(counts["rename"], 2)
        for name, count in counts.items():
            for number in range(1, count + 1):
                with self.subTest(name=name, number=number):
                    self.put_back()
                    self.traced(f"{name}:signal=KILL:when={number}")
                    self.assert_finished()
        self.assert_nothing_more_happens()

    def test_a_run_after_a_kill_sends_nothing(self):
        for name in ("rename", "fsync", "fdatasync", "unlink"):
            for number in range(1, self.counts()[name] + 1):
                with self.subTest(name=name, number=number):
                    self.put_back()
                    self.traced(f"{name}:signal=KILL:when={number}")
                    self.assert_nothing_more_happens()
                    self.assert_finished()

    def test_a_failure_of_each_call(self):
        for name, count in self.counts().items():
            for number in range(1, count + 1) if name not in ("openat", "write") else ():
                with self.subTest(name=name, number=number):
                    self.put_back()
                    answer = self.traced(f"{name}:error=EIO:when={number}")
                    self.assertIn(answer.returncode, (0, 1, 74), answer.stderr)
                    if answer.returncode == 0:
                        self.assertEqual(self.naming(), set())
                    self.assert_finished()


class ForEverybody(Erasing):
    """`journal redact`: a copy that can be published."""

    def setUp(self):
        super().setUp()
        self.begin()
        self.assert_ends(self.run_campaign(), 0)
        self.answer = self.bursar("journal", "redact", "c.yaml", "-o", "copy.jsonl")
        self.assert_ends(self.answer, 0)
        self.copy = (self.folder / "copy.jsonl").read_text()

    def key(self, step, verb, target):
        fields = ["bursar/1", "mturk", "simulator", "joke", step, verb, target]
        text = b"".join(len(one).to_bytes(4, "big") + one.encode() for one in fields)
        return hashlib.sha256(text).hexdigest()

    def test_nobody_can_be_found_in_it(self):
        whole = (self.folder / JOURNAL).read_text()
        run = next(record for record in self.journal() if record["kind"] == "run")
        for number in range(3):
            for name in (worker(number), assignment(number)):
                self.assertIn(name, whole)
                self.assertNotIn(name, self.copy)
            for key in (
                self.key("bonus", "bonus", assignment(number)),
                self.key("notify", "notify", worker(number)),
            ):
                self.assertIn(key, whole)
                self.assertNotIn(key, self.copy)
        self.assertNotIn(TASK, self.copy)
        self.assertNotIn(f'"{run["host"]}"', self.copy)
        self.assertNotIn(run["plan_by"], self.copy)
        self.assertNotIn('"person"', self.copy)

    def test_it_verifies_and_says_the_same(self):
        self.assert_ends(self.bursar("journal", "verify", "copy.jsonl"), 0)
        copy = json.loads(self.bursar("status", "--json", "copy.jsonl").stdout)
        whole = self.status()
        for name in ("steps", "total", "done", "campaign"):
            self.assertEqual(copy[name], whole[name])
        head = self.journal()[-1]["sum"]
        self.assertEqual(self.journal("copy.jsonl")[0]["redacted"], head)
        self.assertIn(head, self.answer.stdout)

    def test_nothing_is_done_by_it(self):
        for command in ("plan", "run", "resolve"):
            yes = ["--yes"] if command == "run" else []
            answer = self.bursar(command, *yes, "--journal", "copy.jsonl", "c.yaml")
            self.assert_says(self.assert_ends(answer, 5), "is a redacted copy")
        self.assert_ends(self.bursar("journal", "merge", "c.yaml", "copy.jsonl"), 5)
        self.assert_ends(self.bursar("journal", "merge", "copy.jsonl", JOURNAL), 64)
        self.assert_ends(
            self.bursar("journal", "erase", "--yes", "--worker", GONE, "copy.jsonl"), 64
        )
        self.assertEqual((self.folder / "copy.jsonl").read_text(), self.copy)

    def test_it_is_no_second_journal_of_the_campaign(self):
        self.assert_nothing_more_happens()

    def test_what_is_there_is_not_replaced(self):
        for copy in ("copy.jsonl", JOURNAL, "copy.json"):
            answer = self.bursar("journal", "redact", "c.yaml", "-o", copy)
            self.assert_ends(answer, 64)
        self.assert_ends(self.bursar("journal", "redact", "c.yaml"), 64)

    def test_an_id_in_words_for_everybody_is_not_published(self):
        more = f"- id: more\n  notify: {{ subject: Hi, message: 'Ask {GONE}, please' }}\n"
        self.write("c.yaml", campaign(STEPS + more, head=HEAD))
        self.assert_ends(self.run_campaign(), 0)
        answer = self.bursar("journal", "redact", "c.yaml", "-o", "other.jsonl")
        self.assert_says(self.assert_ends(answer, 5), "cannot be published")
        self.assertFalse((self.folder / "other.jsonl").exists())
        answer = self.erase(ends=1)
        self.assertIn("has the ID where nothing can be taken out", " ".join(answer.stdout.split()))


if __name__ == "__main__":
    unittest.main()
