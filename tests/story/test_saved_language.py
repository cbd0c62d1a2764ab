"""Saved plans of campaigns that use more of the language."""

import signal
import unittest

from house import TASK, assignment, campaign, everyone, hit, worker, world
from saved import SavedPlan

SCORES = "data: { scores: { csv: scores.csv, match: { worker: WorkerId } } }\n"
BY_SCORE = """
- bonus:
    amount: ${{ scores.usd }}
    message: You scored ${{ scores.score }}
"""
TOLD = """
- bonus: { amount: 1.00, message: Thanks }
- notify:
    subject: Your bonus
    message: You got ${{ paid.bonus }}
"""


class Language(SavedPlan):
    def test_rejections_that_the_plan_names_need_no_number(self):
        self.begin(
            steps="- reject: { feedback: Not a joke }\n"
            f"  where: {{ workers: [{worker(1)}] }}",
            status="Submitted",
        )
        self.assert_ends(self.run_plan(), 0)
        self.assertEqual(self.times("reject"), {worker(1): 1})
        self.begin(
            steps="- reject: { feedback: Not a joke }\n"
            f"  where: {{ workers: [{worker(1)}] }}",
            status="Submitted",
        )
        answer = self.assert_ends(self.run_plan("--reject-and-block", "1"), 64)
        self.assert_says(answer, "leave --reject-and-block out")

    def test_a_qualification_that_is_made_on_the_way(self):
        steps = (
            "- qualify: { name: wave-1, value: 1, create: { description: Took part } }\n"
            "- bonus: { amount: 1.00, message: Thanks }"
        )
        self.begin(6, "fault: latency, operation: SendBonus, ms: 150", steps=steps)
        self.assertEqual(self.row(self.saved(), "qualify")["qualification"], "wave-1")
        run = self.start("run", "--concurrency", "1", "p.json")
        self.wait_for(lambda: self.book("bonus"), "the first bonus")
        run.send_signal(signal.SIGKILL)
        run.communicate(timeout=20)
        self.assert_ends(self.run_plan(), 0)
        self.assertEqual(self.times("bonus"), everyone(6))
        self.assertEqual(self.times("qualify"), everyone(6))

    def test_a_table_was_edited(self):
        self.write("people.csv", f"WorkerId\n{worker(1)}\n")
        steps = (
            "- bonus: { amount: 1.00, message: Thanks }\n"
            "  where: { except: { csv: people.csv, column: WorkerId } }"
        )
        self.begin(steps=steps)
        self.write("people.csv", f"WorkerId\n{worker(2)}\n")
        self.assert_stale("people.csv was changed since p.json was made")

    def test_the_account_is_the_campaigns(self):
        self.begin(head='account: "123456789012"\n')
        self.assertEqual(self.saved()["account"], "123456789012")
        self.edit(lambda plan: plan.update(account="210987654321"))
        self.assert_stale("is for the account 210987654321")
        self.begin()
        self.assertIsNone(self.saved()["account"])

    def test_every_verb_is_done_as_planned_and_once(self):
        one, two = f"where: {{ workers: [{worker(1)}] }}", f"where: {{ workers: [{worker(2)}] }}"
        steps = f"""
- approve: {{ feedback: Thank you }}
  where: {{ except: [{worker(2)}] }}
- reject: {{ feedback: Empty }}
  {two}
- qualify: {{ name: wave-1, value: 3, create: {{ description: Took part }} }}
  needs: []
- bonus: {{ amount: 1.00, message: Thanks }}
  where: {{ except: [{worker(2)}] }}
- notify: {{ subject: Hello, message: "You got ${{{{ paid.bonus }}}}" }}
  needs: [bonus]
- unqualify: {{ name: wave-1, reason: Empty }}
  needs: []
  {two}
- block: {{ reason: Empty }}
  needs: []
  {two}
- unblock: {{ reason: A mistake }}
  needs: []
  {one}
"""
        self.begin(4, steps=steps, status="Submitted", more=f"blocked: [{worker(1)}]\n")
        verbs = {row["do"] for row in self.saved()["actions"] if row["decision"] == "do"}
        self.assertEqual(len(verbs), 9)
        self.assert_ends(self.run_plan(), 0)
        book = self.book()
        for kind, count in (("approve", 3), ("reject", 1), ("bonus", 3), ("message", 3)):
            self.assertEqual(sum(self.times(kind).values()), count, kind)
        answer = self.assert_ends(self.run_plan(), 0)
        self.assert_says(answer, "nothing to do")
        self.assertEqual(self.book(), book)

    def scores(self, *rows):
        self.write("scores.csv", "WorkerId,usd,score\n" + "".join(f"{row}\n" for row in rows))

    def test_amounts_and_words_from_a_table(self):
        self.scores(*(f"{worker(i)},{i}.50,{10 + i}" for i in range(1, 4)), f"{worker(0)},0.00,7")
        self.begin(4, head=SCORES, steps=BY_SCORE)
        amounts = [row["amount"] for row in self.saved()["actions"] if row["do"] == "bonus"]
        self.assertEqual(amounts, ["1.50", "2.50", "3.50"])
        self.assert_ends(self.run_plan(), 0)
        self.assertEqual(self.paid(), 750)
        self.assertEqual(
            {line["words"] for line in self.book("bonus")},
            {f"You scored {score}" for score in (11, 12, 13)},
        )
        self.assert_ends(self.run_plan(), 0)
        self.assertEqual(self.paid(), 750)

    def test_a_cell_was_edited(self):
        rows = [f"{worker(i)},{i}.50,{10 + i}" for i in range(3)]
        self.scores(*rows)
        self.begin(3, head=SCORES, steps=BY_SCORE)
        for edited in (f"{worker(2)},2.51,12", f"{worker(2)},2.50,13", f"{worker(2)},2,50,12", "x"):
            self.scores(*rows[:2], edited)
            self.assert_stale("scores.csv was changed since p.json was made")
        self.scores(*rows)
        self.assert_ends(self.run_plan(), 0)

    def test_words_that_were_looked_up_are_compared_too(self):
        self.scores(*(f"{worker(i)},{i}.50,{10 + i}" for i in range(3)))
        self.begin(3, head=SCORES, steps=BY_SCORE)
        self.edit(lambda plan: self.row(plan, "bonus").update(message="You scored 20"))
        self.assert_stale("its words are others by the campaign")

    def test_what_was_paid_is_told_when_it_goes_on_after_a_kill(self):
        self.begin(6, "fault: latency, operation: SendBonus, ms: 150", steps=TOLD)
        run = self.start("run", "--concurrency", "1", "p.json")
        self.wait_for(lambda: self.book("bonus"), "the first bonus")
        run.send_signal(signal.SIGKILL)
        run.communicate(timeout=20)
        self.assert_ends(self.run_plan(), 0)
        self.assertEqual(self.times("message"), everyone(6))
        self.assertEqual({line["words"] for line in self.book("message")}, {"You got 1.00"})
        self.assert_says(self.assert_ends(self.run_plan(), 0), "nothing to do")

    def test_what_was_not_paid_is_not_told_and_not_stale(self):
        refusal = "fault: refuse, operation: SendBonus, count: 1, code: RequestError, message: No"
        self.begin(3, refusal, steps=TOLD)
        for _ in range(2):
            self.assert_ends(self.run_plan(), 3)
            self.assertEqual(sum(self.times("message").values()), 2)

    def test_a_bonus_per_worker_whose_carrier_changed(self):
        steps = "- bonus: { amount: 1.00, message: Thanks, per: worker }"
        self.begin(2, steps=steps)
        later = assignment(9), worker(0), "2026-11-21T09:00:00Z"
        self.write("c.yaml", campaign(steps, hits=f"{TASK}, 3OTHERTASK1"))
        self.move_to(world(2, more=hit("3OTHERTASK1", [later])))
        self.save()
        self.move_to(world(2, more=hit("3OTHERTASK1", [])))
        self.assert_stale("its assignment is not the one that belongs to its key")

    def test_work_that_was_rejected_by_hand_since_is_no_longer_selected(self):
        self.begin(2, steps="- approve: {}", status="Submitted")
        self.move_to(world(2, status="Rejected"))
        self.assert_stale("action 1 of p.json, approve: the campaign has no such action now")


if __name__ == "__main__":
    unittest.main()
