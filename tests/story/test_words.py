"""What a person reads on ordinary days; how these texts are written anew: support/golden.py."""

import pathlib
import re
import shutil
import unittest

from golden import Words
from house import QUALIFICATION, TASK, assignment, campaign, worker, world

CAMPAIGNS = pathlib.Path(__file__).parents[2] / "campaigns"


class OrdinaryDays(Words):
    def joke(self):
        """The campaign we give away; its task is always as old as a simulator's task is."""
        shutil.copy(CAMPAIGNS / "best-joke.yaml", self.folder)
        joke_world = (CAMPAIGNS / "best-joke.world.yaml").read_text()
        self.simulate(re.sub(r"(?m)^ *created: .*\n", "", joke_world))

    def test_the_plan(self):
        self.joke()
        self.assert_golden("plan", self.bursar("plan", "best-joke.yaml"))

    def test_one_person_in_the_plan(self):
        self.joke()
        answer = self.bursar("plan", "--worker", "A1JOKER00003", "best-joke.yaml")
        self.assert_golden("plan-worker", answer)

    def test_the_run_and_the_run_after_it(self):
        self.joke()
        first, second = (self.run_campaign(name="best-joke.yaml") for _ in range(2))
        self.assert_golden("run", first)
        self.assert_golden("run-again", second)

    def test_the_status(self):
        self.joke()
        self.run_campaign(name="best-joke.yaml")
        self.assert_golden(
            "status",
            self.bursar("status", "best-joke.yaml"),
            self.bursar("status", "--worker", "A1JOKER00003", "."),
        )

    def test_taking_somebody_out(self):
        self.joke()
        self.run_campaign(name="best-joke.yaml")
        erase = ("journal", "erase", "--worker", "A1JOKER00003")
        refused = self.bursar(*erase, "best-joke.yaml")
        erased = self.bursar(*erase, "--yes", "best-joke.yaml")
        self.simulators[-1].book_path.unlink()
        self.assert_golden(
            "erase",
            refused,
            re.sub(r"(?m)^  book-\d+.jsonl\n", "", self.told(erased)),
            self.bursar("status", "--worker", "A1JOKER00003", "best-joke.yaml"),
            self.bursar(*erase, "--yes", "best-joke.yaml"),
        )

    def test_a_copy_for_everybody(self):
        self.joke()
        self.run_campaign(name="best-joke.yaml")
        self.assert_golden(
            "redact",
            self.bursar("journal", "redact", "best-joke.yaml", "-o", "copy.jsonl"),
            self.bursar("status", "copy.jsonl"),
            self.bursar("plan", "--journal", "copy.jsonl", "best-joke.yaml"),
        )

    def test_a_run_with_refusals_unknowns_and_held_workers(self):
        self.simulate(
            world(6, more=f"unreachable: [{worker(4)}]\n"),
            faults=(
                f"- {{ fault: refuse, operation: SendBonus, worker: {worker(1)}, "
                "turk_code: AWS.MechanicalTurk.InvalidParameterValue, "
                "message: No bonus for you }\n"
                "- { fault: hang-up-after, operation: NotifyWorkers, after: 1 }\n"
            ),
        )
        steps = """
- bonus: { amount: 1.00, message: Thanks }
- id: told
  notify: { subject: Your bonus, message: We paid you }
- id: thanked
  notify: { subject: Thanks, message: Once more }
"""
        self.write("c.yaml", campaign(steps))
        first, second = self.run_campaign(), self.run_campaign()
        status = self.bursar("status", "c.yaml")
        self.assert_golden("troubles", first, second, status)

    def test_who_handed_in_work(self):
        self.joke()
        self.assert_golden(
            "workers",
            self.bursar("workers", "best-joke.yaml"),
            self.bursar("workers", "--csv", TASK),
            self.bursar("balance"),
        )

    def test_three_mistakes(self):
        mistakes = (CAMPAIGNS / "best-joke.yaml").read_text()
        slips = {"- bonus:": "- bonsu:", "value: 1": "value: one", "subject:": "Subject:"}
        for right, wrong in slips.items():
            mistakes = mistakes.replace(right, wrong)
        self.write("mistakes.yaml", mistakes)
        self.assert_golden("three-mistakes", self.bursar("check", "mistakes.yaml"))

    def test_a_balance_that_is_short(self):
        self.simulate(world(5, balance="5.99"))
        self.write("c.yaml", campaign("- bonus: { amount: 1.00, message: Thanks }"))
        self.assert_golden("balance-short", self.run_campaign())

    def test_an_unknown_hit(self):
        self.simulate(world(2))
        pay = "- bonus: { amount: 1.00, message: Thanks }"
        self.write("c.yaml", campaign(pay, hits=f"{TASK}, 3UNKNOWNHIT000000000000000001"))
        self.assert_golden("unknown-hit", self.run_campaign())

    def test_a_bonus_that_somebody_else_paid(self):
        self.simulate(
            world(2, more=f"bonuses:\n  - {{ assignment: {assignment(0)}, amount: 0.70, "
                          "reason: By hand, at: 2026-11-21T08:00:00Z }\n")
        )
        steps = f"""
- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}
- bonus: {{ amount: 1.00, message: Thanks }}
"""
        self.write("c.yaml", campaign(steps))
        self.assert_golden("paid-elsewhere", self.run_campaign())

    def test_a_changed_amount(self):
        self.simulate(world(2))
        self.write("c.yaml", campaign("- bonus: { amount: 1.00, message: Thanks }"))
        self.run_campaign()
        self.write("c.yaml", campaign("- bonus: { amount: 1.50, message: Thanks }"))
        self.assert_golden("changed-amount", self.run_campaign())

    def test_a_file_without_an_environment(self):
        self.write("c.yaml", campaign("- bonus: { amount: 1.00, message: Thanks }"))
        self.assert_golden("no-environment", self.run_campaign())

    def test_a_rehearsal(self):
        self.joke()
        self.assert_golden("rehearse", self.bursar("rehearse", "--keep", "kept", "best-joke.yaml"))

    def test_the_help(self):
        self.assert_golden("help", self.bursar("help"))
        self.assert_golden("help-run", self.bursar("help", "run"))
        self.assert_golden("help-report", self.bursar("help", "report"))


if __name__ == "__main__":
    unittest.main()
