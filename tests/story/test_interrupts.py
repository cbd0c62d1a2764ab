"""Runs that are stopped in the middle: by Ctrl-C, by kill -9, by a full disk, by a lost journal.
The next run finishes the rest, and nobody is paid or told twice."""

import collections
import os
import random
import resource
import signal
import subprocess
import sys
import time
import unittest

from house import (
    BURSAR,
    QUALIFICATION,
    Story,
    campaign,
    everyone,
    faults,
    world,
)

STEPS = f"""
- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}
- bonus: {{ amount: 1.00, message: Thanks }}
- notify: {{ subject: Your bonus, message: We paid you }}
"""
JOURNAL = "c.simulator.journal.jsonl"
MOMENTS = int(os.environ.get("BURSAR_KILLS", "15"))


class Stopped(Story):
    def begin(self, count, *rows, steps=STEPS):
        while self.simulators:
            self.simulators.pop().close()
        self.simulate(world(count), faults=faults(*rows))
        self.write("c.yaml", campaign(steps))
        self.forget()

    def undecided(self):
        """Keys that the journal intends and gives no outcome for."""
        open_keys = set()
        for record in self.journal():
            if record["kind"] in ("intend", "resend"):
                open_keys.add(record["key"])
            if record["kind"] in ("done", "refused", "unknown", "released", "adopt"):
                open_keys.discard(record["key"])
        return open_keys

    def assert_all_done(self, count):
        for kind in ("bonus", "message"):
            self.assertEqual(self.times(kind), everyone(count), kind)
        self.assertEqual(set(self.times("qualify")), set(everyone(count)))


class Interrupted(Stopped):
    def interrupt(self, process, number=signal.SIGINT):
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        return err

    def test_once_waits_for_what_is_in_flight_and_a_rerun_finishes_the_rest(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number.name):
                self.begin(20, "fault: latency, operation: SendBonus, ms: 150")
                run = self.start("run", "--yes", "--concurrency", "4", "c.yaml")
                self.wait_for(lambda: self.book("bonus"), "the first bonus")
                said = self.interrupt(run, number)
                self.assertEqual(run.returncode, 130, said)
                self.assertIn("what was in flight", " ".join(said.split()))
                paid = len(self.book("bonus"))
                self.assertLess(paid, 20)
                self.assertEqual(self.undecided(), set(), "what was in flight is recorded")
                self.assertEqual(self.status()["steps"][1]["done"], paid)
                self.assertEqual(self.journal()[-1]["kind"], "end")
                self.assertEqual(self.times("message"), {}, "nothing new is begun")
                self.assert_ends(self.run_campaign(), 0)
                self.assert_all_done(20)

    def test_twice_leaves_at_once_and_a_rerun_finishes_the_rest(self):
        self.begin(6, "fault: latency, operation: SendBonus, ms: 3000, count: 2")
        run = self.start("run", "--yes", "--concurrency", "2", "c.yaml")
        self.wait_for(lambda: self.undecided_bonuses(), "a bonus in flight")
        run.send_signal(signal.SIGINT)
        time.sleep(0.1)
        before = time.monotonic()
        said = self.interrupt(run)
        self.assertEqual(run.returncode, 130, said)
        self.assertLess(time.monotonic() - before, 1.5, "it does not wait")
        self.assertNotEqual(self.undecided(), set())
        self.assert_ends(self.run_to_the_end(), 0)
        self.assert_all_done(6)

    def undecided_bonuses(self):
        if not self.has_journal():
            return set()
        bonuses = {r["key"] for r in self.journal() if r.get("do") == "bonus"}
        return self.undecided() & bonuses

    def test_while_reading_nothing_is_sent_and_nothing_written(self):
        self.begin(3, "fault: latency, operation: GetHIT, ms: 1500")
        run = self.start("run", "--yes", "c.yaml")
        time.sleep(0.5)
        said = self.interrupt(run)
        self.assertEqual(run.returncode, 130, said)
        self.assertIn("nothing was sent", said)
        self.assertEqual(self.writes(), 0)
        self.assertFalse(self.has_journal())


class Killed(Stopped):
    """Twenty-five people, calls of some milliseconds, and kill -9 at any moment of the run."""

    SLOW = "fault: latency, ms: 3, jitter_ms: 6"
    COUNT = 25

    def kill_after(self, seconds):
        run = self.start("run", "--yes", "--concurrency", "4", "c.yaml")
        try:
            run.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            run.kill()
        run.communicate(timeout=20)
        return run.returncode

    def assert_finished(self):
        last = self.run_to_the_end()
        self.assertEqual(self.times("bonus"), everyone(self.COUNT))
        self.assertEqual(set(self.times("qualify")), set(everyone(self.COUNT)))
        self.assertEqual(self.spent(), self.COUNT * 120)
        amount = next(s["amount"] for s in self.status()["steps"] if s["do"] == "bonus")
        self.assertEqual(amount, f"{self.COUNT}.00", "the journal names what the book names")
        self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)
        if last.returncode == 0:
            self.assert_all_done(self.COUNT)
        return last.returncode

    def count_outcome(self, counts):
        """By the marketplace's book, before anything is asserted."""
        paid, told = self.times("bonus"), self.times("message")
        counts["paid"] += sum(paid.values())
        counts["lost"] += self.COUNT - len(paid)
        counts["duplicated"] += sum(count - 1 for times in (paid, told) for count in times.values())
        counts["message unknown"] += "notify" in self.open_verbs()

    def test_at_many_moments_of_a_run(self):
        """Fifteen; BURSAR_KILLS says how many."""
        self.begin(self.COUNT, self.SLOW)
        before = time.monotonic()
        self.assert_ends(self.run_campaign("--concurrency", "4"), 0)
        whole = time.monotonic() - before
        chance = random.Random(20261123)
        counts = collections.Counter()
        for moment in range(MOMENTS):
            seconds = whole * (moment + chance.random()) / MOMENTS
            with self.subTest(moment=moment, seconds=round(seconds, 3)):
                self.begin(self.COUNT, self.SLOW)
                counts["killed"] += self.kill_after(seconds) == -signal.SIGKILL
                last = self.run_to_the_end()
                self.count_outcome(counts)
                counts["recovered"] += last.returncode in (0, 4)
                self.assert_finished()
        names = ("killed", "recovered", "paid", "lost", "duplicated", "message unknown")
        print(", ".join(f"{counts[name]} {name}" for name in names), file=sys.stderr)
        self.assertEqual((counts["lost"], counts["duplicated"]), (0, 0))
        self.assertGreater(counts["killed"], MOMENTS / 2, "most moments must lie within the run")

    def test_again_and_again_on_one_journal(self):
        self.begin(self.COUNT, self.SLOW)
        chance = random.Random(7)
        for _ in range(12):
            if self.kill_after(0.05 + 0.2 * chance.random()) != -signal.SIGKILL:
                break
            self.assert_nobody_twice()
        self.assert_finished()

    def test_while_answers_get_lost_as_well(self):
        lost = "fault: hang-up-after, operation: SendBonus, probability: 0.3"
        self.begin(self.COUNT, self.SLOW, lost)
        chance = random.Random(11)
        for _ in range(5):
            self.kill_after(0.1 + 0.5 * chance.random())
            self.assert_nobody_twice()
        self.assert_finished()

    def test_a_bonus_that_was_under_way_is_looked_up_before_it_is_sent_again(self):
        for fault in ("hang, applied: true", "hang, applied: false"):
            with self.subTest(fault):
                self.begin(1, f"fault: {fault}, operation: SendBonus, count: 1")
                run = self.start("run", "--yes", "c.yaml")
                self.wait_for(
                    lambda: self.has_journal() and '"bonus"' in (self.folder / JOURNAL).read_text(),
                    "the intent of the bonus",
                )
                time.sleep(0.2)
                run.kill()
                run.communicate(timeout=20)
                self.assert_ends(self.run_campaign(), 0)
                self.assertEqual(self.times("bonus"), everyone(1))
                kinds = [record["kind"] for record in self.journal()]
                self.assertIn("look", kinds)
                self.assertEqual("resend" in kinds, "false" in fault)


    def test_a_refusal_does_not_decide_what_a_killed_run_left_under_way(self):
        self.simulate(
            world(1, more="bonus_lag_s: 3600\n"),
            faults(
                "fault: hang, operation: SendBonus, count: 1",
                "fault: refuse, operation: SendBonus, code: RequestError, message: Sorry no",
            ),
        )
        self.write("c.yaml", campaign(STEPS))
        run = self.start("run", "--yes", "c.yaml")
        self.wait_for(lambda: self.book("bonus"), "the bonus")
        run.kill()
        run.communicate(timeout=20)
        for _ in range(2):
            self.assert_ends(self.run_campaign(), 4)
            self.assertEqual(self.times("message"), {}, "nobody is told of what is undecided")
        self.assertEqual(self.times("bonus"), everyone(1))


class AtTheSameMoment(Stopped):
    def test_of_two_runs_one_is_held_off_and_money_moves_once(self):
        for attempt in range(4):
            with self.subTest(attempt):
                self.begin(12, "fault: latency, ms: 20, jitter_ms: 10")
                runs = [self.start("run", "--yes", "c.yaml") for _ in range(2)]
                said = [run.communicate(timeout=60)[1] for run in runs]
                self.assertEqual(sorted(run.returncode for run in runs), [0, 75], said)
                self.assert_all_done(12)
                self.assertEqual(self.spent(), 12 * 120)

    def test_a_journal_that_is_moved_away_stops_the_run_and_none_of_it_is_lost(self):
        self.begin(30, "fault: latency, operation: SendBonus, ms: 60")
        run = self.start("run", "--yes", "--concurrency", "2", "c.yaml")
        self.wait_for(lambda: self.book("bonus"), "the first bonus")
        (self.folder / JOURNAL).rename(self.folder / "away")
        said = run.communicate(timeout=60)[1]
        self.assertEqual(run.returncode, 74, said)
        self.assertIn("was moved, replaced or deleted", " ".join(said.split()))
        self.assertLess(len(self.book("bonus")), 30)
        (self.folder / "away").rename(self.folder / JOURNAL)
        self.assertLessEqual(len(self.undecided()), 2, "meant, and perhaps not sent any more")
        self.assert_ends(self.run_campaign(), 0)
        self.assert_all_done(30)

    def test_a_journal_that_is_deleted_during_the_last_call_is_missed(self):
        self.begin(1, "fault: latency, operation: NotifyWorkers, ms: 1500")
        run = self.start("run", "--yes", "c.yaml")
        self.wait_for(lambda: self.book("message"), "the message")
        (self.folder / JOURNAL).unlink()
        said = run.communicate(timeout=60)[1]
        self.assertEqual(run.returncode, 74, said)
        self.assert_ends(self.bursar("journal", "restore", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assert_all_done(1)

    def test_a_lock_file_that_a_killed_run_left_holds_nobody_off(self):
        self.begin(2)
        self.write(JOURNAL + ".lock", "somebody@elsewhere, process 1, since long ago\n")
        self.assert_ends(self.run_campaign(), 0)


class LostJournals(Stopped):
    """With the second copy that this machine keeps, and without it, as on another machine."""

    NO_FUNDS = (
        "fault: refuse, operation: SendBonus, after: 2, count: 1, code: RequestError, "
        "turk_code: AWS.MechanicalTurk.InsufficientFunds, message: This Requester has "
        "insufficient funds in their account to complete this transaction."
    )

    def test_a_deleted_journal_costs_no_second_payment_and_no_second_message(self):
        for forget in (self.forget, (self.folder / JOURNAL).unlink):
            with self.subTest(forget.__name__):
                self.begin(5)
                self.assert_ends(self.run_campaign(), 0)
                forget()
                for _ in range(3):
                    self.assert_ends(self.run_campaign(), 4)
                    self.assert_all_done(5)
                adopted = [record for record in self.journal() if record["kind"] == "adopt"]
                self.assertEqual(len(adopted), 5)
                step = next(s for s in self.status()["steps"] if s["do"] == "bonus")
                self.assertEqual((step["done"], step["amount"]), (5, "5.00"))

    def test_a_deleted_journal_comes_back_from_its_second_copy(self):
        self.begin(5)
        self.assert_ends(self.run_campaign(), 0)
        whole = (self.folder / JOURNAL).read_bytes()
        (self.folder / JOURNAL).unlink()
        self.assert_ends(self.bursar("journal", "restore", "c.yaml"), 0)
        self.assertEqual((self.folder / JOURNAL).read_bytes(), whole)
        self.assert_ends(self.run_campaign(), 0)
        self.assert_all_done(5)

    def test_a_journal_from_a_backup_costs_no_second_payment_and_no_second_message(self):
        for forget in (self.forget_copies, self.journal):
            with self.subTest(forget.__name__):
                self.begin(6, self.NO_FUNDS)
                self.assert_ends(self.run_campaign("--concurrency", "1"), 5)
                backup = (self.folder / JOURNAL).read_bytes()
                self.assert_ends(self.run_campaign(), 0)
                (self.folder / JOURNAL).write_bytes(backup)
                forget()
                self.assert_ends(self.run_campaign(), 4)
                self.assert_all_done(6)

    def test_a_torn_end_is_kept_aside_and_its_deeds_are_looked_up(self):
        self.begin(3)
        self.assert_ends(self.run_campaign(), 0)
        whole = (self.folder / JOURNAL).read_bytes()
        for cut in (1, 40, 200):
            with self.subTest(cut):
                self.forget_copies()
                (self.folder / JOURNAL).write_bytes(whole[:-cut])
                answer = self.assert_ends(self.bursar("status", "c.yaml"), 0)
                self.assert_says(answer, "an incomplete group")
                self.assertEqual((self.folder / JOURNAL).read_bytes(), whole[:-cut])
                self.assert_ends(self.run_campaign(), 0)
                self.assert_all_done(3)
                self.assertIn("recovered", [record["kind"] for record in self.journal()])
                aside = list(self.folder.glob(JOURNAL + ".torn-*"))
                self.assertEqual(len(aside), 1)
                aside[0].unlink()

    def test_a_word_about_a_journal_with_a_torn_end_does_not_damage_it(self):
        self.begin(3, "fault: hang-up-after, operation: NotifyWorkers")
        self.assert_ends(self.run_campaign(), 4)
        self.forget_copies()
        path = self.folder / JOURNAL
        path.write_bytes(path.read_bytes() + b'{"seq":99,"at":"2026-')
        self.assert_ends(self.bursar("resolve", "--done", "notify", "c.yaml"), 0)
        self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)
        self.assertEqual([record["kind"] for record in self.journal()].count("recovered"), 1)
        self.assert_ends(self.run_campaign(), 0)
        self.assert_nobody_twice()

    def test_an_end_that_was_once_whole_is_not_taken_for_torn(self):
        self.begin(3)
        self.assert_ends(self.run_campaign(), 0)
        whole = (self.folder / JOURNAL).read_bytes()
        (self.folder / JOURNAL).write_bytes(whole[:-40])
        answer = self.assert_ends(self.run_campaign(), 74)
        self.assert_says(answer, "bursar journal restore")
        self.assert_ends(self.bursar("journal", "restore", "c.yaml"), 0)
        self.assertEqual((self.folder / JOURNAL).read_bytes(), whole)


class FullDisks(Stopped):
    def run_with_room(self, size_bytes):
        """A run whose files can grow only so far, as on a disk that fills up."""
        limit = (size_bytes, size_bytes)
        return subprocess.run(
            [BURSAR, "run", "--yes", "c.yaml"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
        )

    def test_nothing_is_sent_that_cannot_be_written_down(self):
        for size_bytes in (1, 700, 3000, 6000, 12000, 40000, 60000):
            with self.subTest(size_bytes):
                self.begin(10)
                answer = self.run_with_room(size_bytes)
                self.assertIn(answer.returncode, (0, 74), answer.stderr)
                written = self.journal() if self.has_journal() else []
                intended = sum(record["kind"] == "intend" for record in written)
                self.assertLessEqual(self.writes(), intended)
                self.assertNotIn("UNRECORDED", answer.stderr, "room for outcomes is kept")
                last = self.run_to_the_end()
                self.assert_ends(last, 0)
                self.assert_all_done(10)

    def test_it_says_what_to_do(self):
        self.begin(10)
        answer = self.assert_ends(self.run_with_room(3000), 74)
        self.assert_says(answer, JOURNAL)


if __name__ == "__main__":
    unittest.main()
