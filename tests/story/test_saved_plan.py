"""Saved plans: what was looked at is what is done, whoever runs it, and however often."""

import json
import os
import signal
import unittest

from house import assignment, campaign, worker, world
from saved import JOURNAL, STEPS, SavedPlan

BY_HAND = f"bonuses:\n  - {{ assignment: {assignment(0)}, amount: 1.00, reason: Thanks }}\n"


class Carried(SavedPlan):
    def test_everyone_is_paid_once_and_nobody_is_asked(self):
        self.begin()
        answer = self.assert_ends(self.run_plan(), 0)
        self.assert_says(answer, "this carries out p.json, made on", "9 done")
        self.assert_all_done(3)
        totals = self.saved()["totals"]
        self.assertEqual(self.paid(), 300)
        self.assertEqual(self.spent(), round(100 * float(totals["total"])))

    def test_run_again_there_is_nothing_to_do(self):
        self.begin()
        self.assert_ends(self.run_plan(), 0)
        book, journal = self.book(), self.journal()
        for _ in range(2):
            answer = self.assert_ends(self.run_plan(), 0)
            self.assert_says(answer, "nothing to do")
        self.assertEqual(self.book(), book)
        self.assertEqual(self.journal(), journal)

    def test_a_plan_takes_the_place_of_nothing_else(self):
        self.begin()
        self.assert_ends(self.run_plan(), 0)
        self.write("other.journal.jsonl", "")
        places = ("c.yaml", JOURNAL, JOURNAL + ".lock", JOURNAL + ".torn-1", "other.journal.jsonl")
        for place in places:
            with self.subTest(place):
                file = self.folder / place
                before = file.read_bytes() if file.exists() else None
                refused = self.assert_ends(self.bursar("plan", "-o", place, "c.yaml"), 64)
                self.assert_says(refused, "in the place of a file of a campaign")
                self.assertEqual(file.read_bytes() if file.exists() else None, before)

    def test_the_journal_says_which_plan_and_who_made_it(self):
        self.begin()
        self.edit(lambda plan: plan.update(made_by="ana@lab"))
        self.assert_ends(self.run_plan(), 0)
        run = next(record for record in self.journal() if record["kind"] == "run")
        self.assertEqual(run["plan_by"], "ana@lab")
        self.assertEqual(len(run["plan"]), 64)

    def test_limits_that_are_there_hold(self):
        self.begin(head="limits: { total: 3.60 }\n")
        self.assert_ends(self.run_plan(), 0)
        self.assertEqual(self.spent(), 360)
        self.write("c.yaml", campaign(STEPS.replace("- bonus:", "- id: more\n  bonus:"),
                                      head="limits: { total: 7.19 }\n"))
        self.assert_ends(self.bursar("plan", "-o", "p.json", "c.yaml"), 5)
        self.assert_stale("limit")

    def test_it_says_json_when_asked(self):
        self.begin()
        answer = self.assert_ends(self.run_plan("--json"), 0)
        self.assertEqual(json.loads(answer.stdout)["done"], 9)

    def test_a_part_is_done_as_a_part(self):
        self.begin(plan=["--first", "2"])
        answer = self.assert_ends(self.run_plan(), 0)
        self.assert_all_done(2)
        self.assert_says(answer, "not in p.json, and left alone: 1 action of step 'bonus'")
        self.assert_ends(self.run_plan(), 0)
        self.assert_all_done(2)

    def test_options_that_would_change_it_are_refused(self):
        self.begin()
        for option in (
            ["--step", "bonus"],
            ["--worker", worker(0)],
            ["--first", "1"],
            ["--retry-refused"],
        ):
            answer = self.assert_ends(self.run_plan(*option), 64)
            self.assert_says(answer, f"give {option[0]} to 'bursar plan'")
        self.assertEqual(self.writes(), 0)

    def test_it_is_known_by_what_it_holds_too(self):
        self.begin()
        os.rename(self.folder / "p.json", self.folder / "agreed")
        self.assert_ends(self.run_plan(name="agreed"), 0)
        self.assert_all_done(3)

    def test_a_plan_on_this_machine_remembers_where_it_was_made(self):
        self.begin()
        del self.environment["AWS_ENDPOINT_URL_MTURK"]
        self.assert_ends(self.run_plan(), 0)
        self.assert_all_done(3)

    def test_two_runs_of_one_plan_at_once_are_one(self):
        self.begin(6, "fault: latency, operation: SendBonus, ms: 200")
        first = self.start("run", "p.json")
        self.wait_for(lambda: self.book("bonus"), "the first bonus")
        answer = self.assert_ends(self.run_plan(), 75)
        self.assert_says(answer, "bursar status c.yaml")
        first.communicate(timeout=60)
        self.assertEqual(first.returncode, 0)
        self.assert_all_done(6)


class Interrupted(SavedPlan):
    def kill(self, verb, kind):
        """A run of seven of eight people that dies while it does this."""
        self.begin(8, f"fault: latency, operation: {verb}, ms: 150", plan=["--first", "7"])
        run = self.start("run", "--concurrency", "2", "p.json")
        self.wait_for(lambda: self.book(kind), f"the first {kind}")
        run.send_signal(signal.SIGKILL)
        run.communicate(timeout=20)

    def test_killed_half_way_it_finishes_the_rest(self):
        self.kill("SendBonus", "bonus")
        self.assert_ends(self.run_plan(), 0)
        self.assert_all_done(7)
        answer = self.assert_ends(self.run_plan(), 0)
        self.assert_says(answer, "nothing to do")
        self.assert_all_done(7)

    def test_killed_while_it_told_them_nobody_is_told_twice(self):
        self.kill("NotifyWorkers", "message")
        for _ in range(2):
            self.assertIn(self.run_plan().returncode, (0, 4))
            self.assert_all_done(7)

    def test_interrupted_it_names_itself_as_what_goes_on(self):
        self.begin(12, "fault: latency, operation: SendBonus, ms: 150")
        run = self.start("run", "--concurrency", "2", "p.json")
        self.wait_for(lambda: self.book("bonus"), "the first bonus")
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 130)
        self.assertIn("    bursar run p.json\n", said)
        self.assert_ends(self.run_plan(), 0)
        self.assert_all_done(12)

    def test_what_its_own_run_was_refused_stays_refused(self):
        refusal = "fault: refuse, operation: SendBonus, count: 1, code: RequestError, message: No"
        self.begin(3, refusal)
        self.assert_ends(self.run_plan(), 3)
        self.assertEqual(len(self.book("bonus")), 2)
        answer = self.assert_ends(self.run_plan(), 3)
        self.assert_says(answer, "bursar run --retry-refused c.yaml")
        self.assertEqual(len(self.book("bonus")), 2)
        self.assertEqual(len(self.book("message")), 2)

    def test_a_plan_that_tries_again_tries_once(self):
        refusal = "fault: refuse, operation: SendBonus, count: 2, code: RequestError, message: No"
        self.begin(1, refusal)
        self.assert_ends(self.run_plan(), 3)
        self.save("--retry-refused")
        self.assert_ends(self.run_plan(), 3)
        self.assert_ends(self.run_plan(), 3)
        self.assertEqual(self.book("bonus"), [], "the third time would have worked")
        self.save("--retry-refused")
        self.assert_ends(self.run_plan(), 0)
        self.assert_all_done(1)

    def test_what_somebody_paid_since_is_left_out(self):
        self.begin()
        self.move_to(world(3, more=BY_HAND))
        self.assert_ends(self.run_plan(), 4)
        self.assertEqual(
            self.times("bonus"), {worker(1): 1, worker(2): 1}, "the first has it already"
        )


class OtherRuns(SavedPlan):
    def test_a_run_of_the_campaign_moves_the_journal_on(self):
        self.begin()
        self.assert_ends(self.run_campaign("--first", "1"), 0)
        self.assert_stale("the journal has moved on since p.json was made (a run by")

    def test_a_run_of_another_plan_moves_the_journal_on(self):
        self.begin()
        self.save("--first", "1", name="first.json")
        self.assert_ends(self.run_plan(name="first.json"), 0)
        self.assert_stale("which was not of this plan")
        self.assert_ends(self.run_plan(name="first.json"), 0)

    def test_a_decision_moves_the_journal_on(self):
        refusal = "fault: refuse, operation: SendBonus, count: 1, code: RequestError, message: No"
        self.begin(3, refusal)
        self.assert_ends(self.run_plan(), 3)
        self.assert_ends(self.bursar("resolve", "--waive", "bonus", "c.yaml"), 0)
        self.assert_stale("decided something by 'resolve' on")

    def test_runs_before_the_plan_are_its_past(self):
        self.begin()
        self.assert_ends(self.run_campaign("--first", "1"), 0)
        self.save()
        self.assert_ends(self.run_plan(), 0)
        self.assert_all_done(3)
        self.assert_ends(self.run_plan(), 0)

    def test_another_journal_is_not_the_plans(self):
        self.begin()
        self.assert_ends(self.run_campaign("--first", "1"), 0)
        self.save()
        (self.folder / JOURNAL).unlink()
        self.forget_copies()
        self.assert_stale("does not hold the record up to which p.json was made")

    def test_a_plan_of_a_journal_at_another_path(self):
        self.begin(plan=["--journal", "mine.jsonl"])
        self.assert_stale("is for the journal mine.jsonl")
        self.assert_ends(self.run_plan("--journal", "mine.jsonl"), 0)
        self.assertTrue(self.has_journal("mine.jsonl"))

    def test_work_that_came_since_is_left_alone(self):
        self.begin()
        self.move_to(world(5))
        answer = self.assert_ends(self.run_plan(), 0)
        self.assert_says(answer, "left alone: 2 actions of step 'bonus'")
        self.assert_all_done(3)


class Saving(SavedPlan):
    def test_the_command_that_carries_it_out_is_named(self):
        self.begin()
        answer = self.bursar("plan", "--journal", "my journal.jsonl", "-o", "q.json", "c.yaml")
        self.assertIn("    bursar run --journal 'my journal.jsonl' q.json\n", answer.stderr)
        self.assert_ends(self.run_plan(), 0)
        self.assertNotIn("bursar run", self.bursar("plan", "-o", "q.json", "c.yaml").stderr)

    def test_the_file_is_for_its_owner_only(self):
        self.begin()
        self.assertEqual((self.folder / "p.json").stat().st_mode & 0o777, 0o600)

    def test_it_never_takes_the_place_of_the_campaigns_files(self):
        self.write("words.txt", "Hello")
        self.begin(steps="- notify: { subject: Hello, message_file: words.txt }")
        self.assert_ends(self.run_plan(), 0)
        for name in ("c.yaml", "./c.yaml", "words.txt", JOURNAL):
            before = (self.folder / name).read_bytes()
            answer = self.assert_ends(self.bursar("plan", "-o", name, "c.yaml"), 64)
            self.assert_says(answer, "name another one")
            self.assertEqual((self.folder / name).read_bytes(), before)

    def test_the_exit_code_tells_whether_there_is_something_to_do(self):
        self.begin()
        plan = ["plan", "--detailed-exitcode", "-o", "p.json", "c.yaml"]
        self.assert_ends(self.bursar(*plan), 2)
        self.assert_ends(self.run_plan(), 0)
        self.assert_ends(self.bursar(*plan), 0)
        self.write("c.yaml", campaign(STEPS, head="expect: { workers: 7 }\n"))
        self.assert_ends(self.bursar(*plan), 5)
        self.write("c.yaml", campaign("- bonsu: { amount: 1.00 }"))
        self.assert_ends(self.bursar(*plan), 65)


if __name__ == "__main__":
    unittest.main()
