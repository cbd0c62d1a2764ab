"""Everything at once, by chance: lost answers, kill -9, journals that are cut, bent, deleted, copied
to a colleague and merged. After every event the marketplace's own book shows nobody paid or told
twice; at the end everybody was paid and told once.

    BURSAR_CHAOS=200 python3 tests/story/test_chaos.py     that many lives (3 by itself)
    BURSAR_CHAOS_SEED=7 …                                  one life again"""

import os
import random
import shutil
import signal
import subprocess
import unittest

from house import QUALIFICATION, Story, campaign, everyone, faults, world

STEPS = f"""
- approve: {{}}
- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}
- bonus: {{ amount: 1.00, message: Thanks }}
- id: more
  bonus: {{ amount: 0.50, message: And more, per: worker }}
- notify: {{ subject: Your bonus, message: We paid you }}
"""
JOURNAL = "c.simulator.journal.jsonl"
PEOPLE = 12
EVENTS = 8


class Life(Story):
    """One campaign, from its first run to its end."""

    def begin(self, seed):
        self.chance = random.Random(seed)
        self.said = []
        rows = ["fault: latency, ms: 2, jitter_ms: 8"]
        for operation in ("SendBonus", "ApproveAssignment", "AssociateQualificationWithWorker"):
            for fault in ("hang-up-after", "hang-up-before", "server-error-after", "half-answer"):
                rows.append(
                    f"fault: {fault}, operation: {operation}, "
                    f"probability: {self.chance.choice((0.02, 0.1, 0.3))}, count: 6"
                )
        lost = self.chance.choice(("hang-up-after", "hang-up-before", "half-answer"))
        rows.append(f"fault: {lost}, operation: NotifyWorkers, probability: 0.3, count: 2")
        rows.append("fault: throttle, probability: 0.05, count: 20")
        self.simulate(world(PEOPLE, status="Submitted"), faults(*rows), seed=seed + 1)
        self.write("c.yaml", campaign(STEPS))
        self.path = self.folder / JOURNAL

    def say(self, words):
        self.said.append(words)

    def assert_sane(self):
        for kind, most in (("approve", 1), ("bonus", 2), ("message", 1)):
            over = {who: n for who, n in self.times(kind).items() if n > most}
            self.assertEqual(over, {}, f"{kind} too often, after {self.said}")

    def run_once(self, **environment):
        answer = self.bursar("run", "--yes", "c.yaml", **environment)
        self.say(f"run: {answer.returncode}")
        return answer

    # Events.

    def killed(self):
        run = self.start("run", "--yes", "--concurrency", str(self.chance.randint(1, 8)), "c.yaml")
        try:
            run.wait(timeout=0.02 + 0.4 * self.chance.random())
        except subprocess.TimeoutExpired:
            run.kill()
        run.communicate(timeout=20)
        self.say("killed" if run.returncode == -signal.SIGKILL else f"ended {run.returncode}")

    def whole_run(self):
        self.assertIn(self.run_once().returncode, (0, 1, 4), self.said)

    def torn(self):
        """A few bytes of a group that was being written, as a power loss leaves them."""
        if not self.path.exists():
            return
        with self.path.open("ab") as journal:
            journal.write(b'{"seq":%d,"at":"20' % len(self.path.read_bytes().splitlines()))
        self.say("torn")

    def bent(self):
        """One bit, somewhere in whole groups: noticed, and nothing is sent. Then it is put right."""
        whole = self.path.read_bytes() if self.path.exists() else b""
        if not whole.endswith(b"\n"):
            return
        at = self.chance.randrange(len(whole))
        bent = bytearray(whole)
        bent[at] ^= 1 << self.chance.randrange(8)
        self.path.write_bytes(bent)
        writes = self.writes()
        answer = self.run_once()
        self.assertEqual(answer.returncode, 74, f"bit in byte {at}: {answer.stderr}")
        self.assertEqual(self.writes(), writes)
        self.path.write_bytes(whole)
        self.say(f"bent at {at}")

    def cut(self):
        """Set back by some records; this machine's second copy knows better."""
        lines = self.path.read_bytes().splitlines(keepends=True) if self.path.exists() else []
        if len(lines) < 4:
            return
        self.path.write_bytes(b"".join(lines[: self.chance.randrange(2, len(lines))]))
        self.say("cut")
        if self.chance.random() < 0.5:
            self.run_once()
            self.assert_sane()
        self.restored()

    def deleted(self):
        self.path.unlink(missing_ok=True)
        self.say("deleted")
        if self.chance.random() < 0.5:
            self.run_once()
            self.assert_sane()
            self.path.unlink(missing_ok=True)
        self.restored()

    def restored(self):
        answer = self.bursar("journal", "restore", "c.yaml")
        self.say(f"restored: {answer.returncode}")

    def forked(self):
        """A colleague gets a copy, both run, the journals are merged."""
        if not self.path.exists():
            return
        ours = self.path.read_bytes()
        bens = {"XDG_STATE_HOME": str(self.folder / "bens-state")}
        self.say("ben has a copy")
        self.run_once(**bens)
        self.assert_sane()
        shutil.move(self.path, self.folder / "bens.jsonl")
        self.path.write_bytes(ours)
        (self.folder / "theirs").mkdir(exist_ok=True)
        shutil.move(self.folder / "bens.jsonl", self.folder / "theirs/bens.jsonl")
        if self.chance.random() < 0.5 and not self.unknown_messages():
            self.run_once()
        answer = self.bursar("journal", "merge", "c.yaml", "theirs/bens.jsonl")
        self.say(f"merged: {answer.returncode}")
        self.assertIn(answer.returncode, (0, 4), answer.stderr)
        shutil.rmtree(self.folder / "bens-state", ignore_errors=True)

    def unknown_messages(self):
        """Whether a run now could tell people whom Ben's run told: that nobody can know, and it is
        the one thing that two journals cannot keep from happening."""
        return len(self.book("message")) < PEOPLE

    def decided(self):
        """The operator says what really happened to messages without an outcome."""
        if not self.path.exists():
            return
        told = "\n".join(self.times("message"))
        self.write("told.txt", told + "\n")
        if told:
            self.bursar("resolve", "--done", "notify:@told.txt", "c.yaml")
        self.bursar("resolve", "--not-done", "notify", "c.yaml")
        self.say("decided")

    def live(self, seed):
        self.begin(seed)
        events = (
            [self.killed] * 5
            + [self.whole_run, self.torn, self.bent, self.cut, self.deleted, self.forked]
            + [self.decided]
        )
        self.killed()
        for _ in range(EVENTS):
            self.chance.choice(events)()
            self.assert_sane()
        for _ in range(12):
            self.decided()
            if self.run_once().returncode == 0:
                break
            self.assert_sane()
        answer = self.run_once()
        self.assertEqual(answer.returncode, 0, f"{self.said}\n{answer.stdout}\n{answer.stderr}")
        self.assertEqual(self.times("approve"), everyone(PEOPLE), self.said)
        self.assertEqual(self.times("bonus"), {who: 2 for who in everyone(PEOPLE)}, self.said)
        self.assertEqual(self.times("message"), everyone(PEOPLE), self.said)
        self.assertEqual(self.spent(), PEOPLE * (120 + 60))
        self.assertEqual(self.bursar("journal", "verify", "c.yaml").returncode, 0)


class Chaos(Life):
    def test_lives_that_go_wrong_in_every_way_end_well(self):
        one = os.environ.get("BURSAR_CHAOS_SEED")
        seeds = [int(one)] if one else range(int(os.environ.get("BURSAR_CHAOS", "3")))
        for seed in seeds:
            with self.subTest(seed=seed):
                self.forget(JOURNAL)
                for left in ("theirs", "bens-state"):
                    shutil.rmtree(self.folder / left, ignore_errors=True)
                for old in self.simulators:
                    old.close()
                self.live(seed)


if __name__ == "__main__":
    unittest.main()
