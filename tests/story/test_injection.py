"""A disk that fails, and a kill, at every call that a run makes to its journal: the real program
under strace, which lets one call fail or kills the process before it. Nobody is paid or told twice,
nothing was sent that was not written down, and the next run finishes the rest.

Of the failures each is tried at some of its calls; BURSAR_INJECTION=all tries it at every one."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from house import BURSAR, QUALIFICATION, Story, campaign, everyone, world

PEOPLE = 3
STEPS = f"""
- approve: {{ feedback: Well done }}
- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}
- bonus: {{ amount: 1.00, message: Thanks }}
- notify: {{ subject: Your bonus, message: We paid you }}
"""
JOURNAL = "c.simulator.journal.jsonl"
CALLS = ("openat", "pwrite64", "fdatasync", "fsync", "fallocate", "ftruncate", "rename", "flock")
CHANGING = ("pwrite64", "fdatasync", "fsync", "fallocate", "ftruncate")
FULL = ("ENOSPC", "EDQUOT", "EIO")
# What a call may fail with. A sync or a write that was interrupted is simply asked again.
FAILURES = {
    "openat": ("error=ENOSPC", "error=EDQUOT", "error=EIO", "error=EACCES", "error=EMFILE"),
    "pwrite64": tuple("error=" + name for name in (*FULL, "EINTR")) + ("retval=0",),
    "fdatasync": tuple("error=" + name for name in (*FULL, "EINTR")),
    "fallocate": tuple("error=" + name for name in (*FULL, "EINTR", "EOPNOTSUPP")),
    "flock": ("error=EINTR", "error=ENOLCK", "error=EIO"),
}
HARMLESS = ("error=EINTR", "error=EOPNOTSUPP")
ALL = os.environ.get("BURSAR_INJECTION") == "all"


def why_not():
    """Why strace cannot be used here, or None."""
    if not shutil.which("strace"):
        return "strace is not installed"
    with tempfile.NamedTemporaryFile() as log:
        probe = ["strace", "-f", "-o", log.name, "-e", "inject=close:retval=0:when=1", "true"]
        answer = subprocess.run(probe, capture_output=True, text=True)
    return None if answer.returncode == 0 else f"ptrace is not allowed here: {answer.stderr[:100]}"


WHY_NOT = why_not()


class Call:
    def __init__(self, line):
        found = re.match(r"\d+ +(\w+)\((.*)\) += (\S+)(.*)", line)
        self.name, self.arguments, self.result, self.rest = found.groups()
        self.failed = "(INJECTED)" in self.rest
        self.of_lock = f"{JOURNAL}.lock" in self.arguments


@unittest.skipIf(WHY_NOT, WHY_NOT)
class Injected(Story):
    def begin(self):
        for simulator in self.simulators:
            simulator.close()
        self.simulate(world(PEOPLE, status="Submitted"))
        head = "where: { status: [Submitted, Approved] }\n"
        self.write("c.yaml", campaign(STEPS, head=head))
        self.forget()
        (self.folder / (JOURNAL + ".lock")).unlink(missing_ok=True)

    def traced(self, *injections, arguments=("run", "--yes", "c.yaml")):
        """A run in which these calls to the journal fail; `calls` are those it made."""
        journal = str(self.folder / JOURNAL)
        command = ["strace", "-f", "-y", "-o", "calls.log", "-e", "trace=" + ",".join(CALLS)]
        command += ["-P", journal, "-P", JOURNAL, "-P", journal + ".lock", "-P", str(self.folder)]
        for injection in injections:
            command += ["-e", "inject=" + injection]
        answer = subprocess.run(
            [*command, BURSAR, *arguments],
            cwd=self.folder,
            env={**self.environment, "ASAN_OPTIONS": "detect_leaks=0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )
        lines = (self.folder / "calls.log").read_text().splitlines()
        answer.calls = [Call(line) for line in lines if re.match(r"\d+ +\w+\(.*\) += ", line)]
        return answer

    def written(self):
        """The records that stand in the journal, as far as they are whole."""
        records = []
        if self.has_journal():
            for line in (self.folder / JOURNAL).read_bytes().split(b"\n"):
                try:
                    records.append(json.loads(line))
                except ValueError:
                    break
        return records

    def assert_intended_first(self):
        """What the marketplace's book holds, the journal intended."""
        intends = [record for record in self.written() if record["kind"] == "intend"]
        deeds = {"approve": "approve", "qualify": "qualify", "bonus": "bonus", "message": "notify"}
        for kind, verb in deeds.items():
            intended = {record["person"]["worker"] for record in intends if record["do"] == verb}
            self.assertLessEqual(set(self.times(kind)), intended, kind)

    def assert_left_alone_after_a_failed_sync(self, answer):
        """The kernel tells of a lost write once; the file is not touched again."""
        failed = False
        for call in answer.calls:
            touches = call.name in CHANGING and JOURNAL in call.arguments and not call.of_lock
            self.assertFalse(failed and touches, f"{call.name}({call.arguments}) after a failure")
            failed |= call.failed and call.name in ("fdatasync", "fsync") and "EINTR" not in call.rest

    def assert_unrecorded_is_true(self, answer, sync_failed):
        """An outcome that is said not to be written down is not there; those whose writing was not
        confirmed may be."""
        outcomes = {
            record["key"]
            for record in self.written()
            if record["kind"] in ("done", "refused", "unknown", "adopt")
        }
        for line in re.findall(r"^UNRECORDED (.*)$", answer.stderr, re.M):
            if not sync_failed:
                self.assertNotIn(json.loads(line)["key"], outcomes)
        if answer.returncode == 0:
            self.assertNotIn("UNRECORDED", answer.stderr)

    def assert_finished_by_the_next_run(self):
        last = self.run_to_the_end()
        for kind in ("approve", "bonus"):
            self.assertEqual(self.times(kind), everyone(PEOPLE), kind)
        self.assertEqual(set(self.times("qualify")), set(everyone(PEOPLE)))
        if last.returncode == 0:
            self.assertEqual(self.times("message"), everyone(PEOPLE))
        self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)

    def assert_struck(self, answer, injection):
        """Whether the failure came about: answers that arrive together are one write, so a run may
        make fewer calls than another."""
        log = (self.folder / "calls.log").read_text()
        if any(mark in log for mark in ("INJECTED", "DELAYED", "killed by SIGKILL")):
            return True
        name, number = re.match(r"(\w+):.*when=(\d+)", injection).groups()
        self.assertLess([call.name for call in answer.calls].count(name), int(number))
        return False

    def inject(self, *injections, ends):
        with self.subTest(", ".join(injections)):
            self.begin()
            answer = self.traced(*injections)
            answer.struck = self.assert_struck(answer, injections[0])
            self.assertIn(answer.returncode, ends if answer.struck else (0,), answer.stderr)
            self.assert_nobody_twice()
            self.assert_intended_first()
            self.assert_left_alone_after_a_failed_sync(answer)
            sync_failed = any("fdatasync" in one or "fsync" in one for one in injections)
            self.assert_unrecorded_is_true(answer, sync_failed)
            if answer.returncode == 74:
                self.assert_says(answer, JOURNAL)
            self.assert_finished_by_the_next_run()
        return answer

    def calls_of_a_run(self):
        """How often each call is made when nothing fails."""
        self.begin()
        answer = self.assert_ends(self.traced(), 0)
        names = [call.name for call in answer.calls]
        for name in ("openat", "pwrite64", "fdatasync", "fallocate", "flock"):
            self.assertIn(name, names)
        return {name: names.count(name) for name in CALLS if name in names}

    def some(self, count, turn):
        """Which of so many calls fail: three of them, others for each failure, or all."""
        if ALL or count <= 3:
            return range(1, count + 1)
        return sorted({1 + (turn + i * count // 3) % count for i in range(3)})

    def test_a_kill_before_each_call(self):
        for name, count in self.calls_of_a_run().items():
            for number in range(1, count + 1):
                self.inject(f"{name}:signal=KILL:when={number}", ends=(-9,))

    def test_a_failure_of_each_call(self):
        counts = self.calls_of_a_run()
        for turn, name in enumerate(FAILURES):
            for kind, failure in enumerate(FAILURES[name]):
                for number in self.some(counts[name], 2 * turn + kind):
                    # The first write is the words in the lock file, a courtesy.
                    harmless = failure in HARMLESS or (name, number) == ("pwrite64", 1)
                    ends = (0,) if harmless else (74,)
                    self.inject(f"{name}:{failure}:when={number}", ends=ends)

    def test_a_disk_that_stays_full(self):
        counts = self.calls_of_a_run()
        for name in ("pwrite64", "fallocate", "fdatasync"):
            for turn, error in enumerate(FULL):
                for number in self.some(counts[name], turn):
                    answer = self.inject(f"{name}:error={error}:when={number}+", ends=(74,))
                    if answer.struck:
                        self.assertIn("run again", answer.stderr)

    def test_a_write_that_fails_and_cannot_be_cut_off_again(self):
        count = self.calls_of_a_run()["pwrite64"]
        for number in self.some(count, 1):
            if number > 1:
                self.inject(
                    f"pwrite64:error=EIO:when={number}+", "ftruncate:error=EIO:when=2+", ends=(74,)
                )

    def begin_torn(self):
        """A run was killed, and the machine lost part of what it had begun to write."""
        self.begin()
        self.assert_ends(self.traced("pwrite64:signal=KILL:when=6"), -9)
        with (self.folder / JOURNAL).open("ab") as journal:
            journal.write(b'{"seq":')

    def test_a_torn_end_is_cut_off_whatever_fails_on_the_way(self):
        self.begin_torn()
        names = [call.name for call in self.assert_ends(self.traced(), 0).calls]
        self.assertIn("fsync", names)
        for name in ("openat", "pwrite64", "fsync", "ftruncate", "fdatasync"):
            for number in range(1, min(names.count(name), 4) + 1):
                for fault in ("signal=KILL", "error=EIO"):
                    with self.subTest(name=name, number=number, fault=fault):
                        self.begin_torn()
                        answer = self.traced(f"{name}:{fault}:when={number}")
                        self.assertIn(answer.returncode, (-9, 74, 0), answer.stderr)
                        self.assert_intended_first()
                        self.assert_left_alone_after_a_failed_sync(answer)
                        self.assert_finished_by_the_next_run()
                        for path in self.folder.glob(JOURNAL + ".torn-*"):
                            path.unlink()


@unittest.skipIf(os.geteuid() != 0, "only root can mount a small disk")
class SmallDisks(Story):
    """A disk that is really full: filled up before a run, and freed for the next."""

    def setUp(self):
        super().setUp()
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "bursar-test", str(self.disk)]
        if subprocess.run(mount, capture_output=True).returncode != 0:
            self.skipTest("a small disk cannot be mounted here")

    def clear_away(self):
        subprocess.run(["umount", str(self.disk)], capture_output=True)
        super().clear_away()

    def fill(self, left_bytes):
        """All but so many bytes of the disk, in whole pages."""
        room = os.statvfs(self.disk)
        with (self.disk / "filling").open("wb") as filling:
            filling.write(b"x" * max(room.f_bavail * room.f_bsize - left_bytes, 0))

    def test_a_full_disk_costs_nothing_and_is_gone_on_with(self):
        for pages in (0, 1, 2, 20, 36, 38, 40, 45):
            with self.subTest(pages=pages):
                self.simulate(world(10, status="Submitted"))
                head = "where: { status: [Submitted, Approved] }\n"
                self.write("disk/c.yaml", campaign(STEPS, head=head))
                self.fill(4096 * pages)
                answer = self.run_campaign(name="disk/c.yaml")
                self.assertIn(answer.returncode, (0, 74), answer.stderr)
                self.assert_nobody_twice()
                self.assertNotIn("UNRECORDED", answer.stderr, "room for outcomes is kept")
                (self.disk / "filling").unlink()
                self.assert_ends(self.run_campaign(name="disk/c.yaml"), 0)
                for kind in ("approve", "bonus", "message"):
                    self.assertEqual(self.times(kind), everyone(10), kind)
                self.forget("disk/" + JOURNAL)


if __name__ == "__main__":
    unittest.main()
