"""Saved plans that were changed by hand, or whose campaign was: nothing is sent but what is both."""

import os
import unittest

from house import TASK, assignment, campaign, worker
from saved import JOURNAL, STEPS, SavedPlan


class EditedByHand(SavedPlan):
    def test_another_amount_is_not_what_the_campaign_says(self):
        for amount in ("0.99", "1.01", "100.00"):
            self.begin()
            self.edit(lambda plan: self.row(plan, "bonus").update(amount=amount))
            answer = self.assert_stale(
                "action 4 of p.json, bonus: the plan says "
                f"{amount} for the amount, and by the campaign it is 1.00",
                "1 action of p.json cannot be done as planned",
                "bursar plan -o p.json c.yaml",
            )
            self.assertNotIn(worker(0), answer.stderr)

    def test_another_worker_or_assignment_is_nobodys_row(self):
        for member, value in (("worker", worker(2)), ("worker", "A1STRANGER"),
                              ("assignment", assignment(2))):
            self.begin()
            self.edit(lambda plan: self.row(plan, "bonus").update({member: value}))
            answer = self.assert_stale(f"its {member} is not the one that belongs to its key")
            self.assertNotIn(value, answer.stderr)

    def test_ids_are_named_where_that_was_asked_for(self):
        self.begin()
        self.edit(lambda plan: self.row(plan, "bonus").update(amount="9.00"))
        self.assert_stale(f"bonus for {worker(0)}: the plan says 9.00", options=["--show-ids"])

    def test_other_words_value_or_qualification(self):
        changes = (
            ("notify", {"message": "We paid you twice"}, "its words are others"),
            ("notify", {"subject": "Money"}, "its subject reads otherwise"),
            ("bonus", {"message": None}, "its words are others"),
            ("qualify", {"value": 2}, "gives 2 as the value, and by the campaign it is 1"),
            ("qualify", {"qualification": TASK}, "its qualification is not"),
        )
        for verb, change, words in changes:
            self.begin()
            self.edit(lambda plan: self.row(plan, verb).update(change))
            self.assert_stale(words)

    def test_only_the_first_three_are_named(self):
        self.begin(6)

        def change(plan):
            for row in plan["actions"]:
                row["fee"] = "0.01"

        self.edit(change)
        answer = self.assert_stale("18 actions of p.json cannot be done as planned")
        self.assertEqual(answer.stderr.count("for the fee"), 3)

    def test_a_row_that_was_taken_out_is_not_done(self):
        self.begin()
        self.edit(lambda plan: plan["actions"].remove(self.row(plan, "bonus", 1)))
        answer = self.assert_ends(self.run_plan("--show-ids"), 0)
        self.assert_says(
            answer, f"not in p.json, and left alone: 1 action of step 'bonus' ({worker(1)})"
        )
        self.assertEqual(self.times("bonus"), {worker(0): 1, worker(2): 1})
        self.assertEqual(self.times("message"), {worker(0): 1, worker(2): 1}, "nor told of it")
        self.assert_ends(self.run_campaign(), 0)
        self.assert_all_done(3)

    def test_a_row_that_is_to_be_skipped_is_not_done(self):
        self.begin()
        self.edit(lambda plan: self.row(plan, "bonus", 1).update(decision="skip"))
        self.assert_ends(self.run_plan(), 0)
        self.assertEqual(self.times("bonus"), {worker(0): 1, worker(2): 1})

    def test_a_row_that_was_added_is_no_action(self):
        self.begin()
        self.edit(
            lambda plan: plan["actions"].append(
                {**self.row(plan, "bonus"), "key": "0" * 64, "worker": worker(1)}
            )
        )
        self.assert_stale("action 10 of p.json, bonus: the campaign has no such action now")

    def test_a_row_twice_is_an_error(self):
        self.begin()
        self.edit(lambda plan: plan["actions"].append(self.row(plan, "bonus")))
        answer = self.assert_ends(self.run_plan(), 65)
        self.assert_says(answer, "p.json: error: action 10: 'key' is that of action 4, too")

    def test_what_was_done_before_cannot_be_made_to_do(self):
        self.begin()
        self.assert_ends(self.run_plan(), 0)
        self.save()
        self.edit(lambda plan: self.row(plan, "bonus").update(decision="do"))
        self.assert_stale("it was done already when the plan was made")

    def test_what_was_refused_before_cannot_be_made_to_do(self):
        refusal = "fault: refuse, operation: SendBonus, count: 1, code: RequestError, message: No"
        self.begin(1, refusal)
        self.assert_ends(self.run_plan(), 3)
        self.save()
        self.edit(lambda plan: self.row(plan, "bonus").update(decision="do"))
        self.assert_stale("it had been refused when the plan was made")

    def test_a_change_after_a_first_run_makes_another_plan_of_it(self):
        self.begin(plan=["--first", "1"])
        self.assert_ends(self.run_plan(), 0)
        self.edit(lambda plan: plan.update(made_by="somebody else"))
        self.assert_stale("the journal has moved on since p.json was made (a run by")

    def test_garbage_is_named(self):
        self.begin()
        whole = (self.folder / "p.json").read_text()
        garbage = (
            ("", "a saved plan is JSON"),
            (whole[:-20], "p.json:"),
            (whole + "}", "a saved plan is JSON"),
            ("[]", "this is no saved plan; 'bursar plan FILE -o PLAN.json' makes one"),
            ("{}", "this is no saved plan"),
            (whole.replace('"bursar_plan": 1', '"bursar_plan": 2'), "has format 2"),
            (whole.replace('"1.00"', "1.00", 1), "'amount' takes an amount in quotes"),
            (whole.replace('"made_by"', '"by"'), "'made_by' is missing"),
            (whole.replace('"campaign"', '"campaign": "a", "campaign"'), "duplicate"),
            ("\0" + whole, "a saved plan is JSON"),
        )
        for text, words in garbage:
            self.write("p.json", text)
            self.assert_says(self.assert_ends(self.run_plan(), 65), words)
        self.assertEqual(self.writes(), 0)

    def test_a_plan_that_is_not_there(self):
        self.begin()
        answer = self.assert_ends(self.run_plan(name="none.json"), 65)
        self.assert_says(answer, "none.json")


class OtherFiles(SavedPlan):
    def test_the_campaign_was_edited(self):
        self.begin()
        self.write("c.yaml", campaign(STEPS.replace("1.00", "1.50")))
        self.assert_stale("c.yaml was changed since p.json was made", "bursar plan -o p.json c.yaml")

    def test_a_campaign_that_is_broken_now_is_a_changed_one(self):
        self.begin()
        self.write("c.yaml", "campaign: [\n")
        self.assert_stale("c.yaml was changed since p.json was made")

    def test_a_file_that_it_names_was_edited(self):
        steps = "- notify: { subject: Hello, message_file: words.txt }"
        self.write("words.txt", "Hello")
        self.begin(steps=steps)
        self.write("words.txt", "Hello!")
        self.assert_stale("words.txt was changed since p.json was made")
        self.write("words.txt", "Hello")
        self.assert_ends(self.run_plan(), 0)

    def test_a_file_that_it_names_is_gone(self):
        self.write("words.txt", "Hello")
        self.begin(steps="- notify: { subject: Hello, message_file: words.txt }")
        (self.folder / "words.txt").unlink()
        answer = self.assert_ends(self.run_plan(), 65)
        self.assert_says(answer, "words.txt", "cannot be read any more: nothing was sent")

    def test_the_campaign_is_gone(self):
        self.begin()
        (self.folder / "c.yaml").unlink()
        answer = self.assert_ends(self.run_plan(), 65)
        self.assert_says(
            answer, "made of the campaign file c.yaml, which is neither there nor beside the plan"
        )

    def test_from_another_folder_the_campaign_is_beside_the_plan(self):
        self.begin()
        (self.folder / "sub").mkdir()
        for name in ("c.yaml", "p.json"):
            os.rename(self.folder / name, self.folder / "sub" / name)
        self.assert_ends(self.run_plan(name="sub/p.json"), 0)
        self.assert_all_done(3)
        self.assertTrue(self.has_journal("sub/" + JOURNAL))

    def test_a_campaign_of_the_same_name_here_is_not_taken_for_it(self):
        self.begin()
        (self.folder / "sub").mkdir()
        for name in ("c.yaml", "p.json"):
            os.rename(self.folder / name, self.folder / "sub" / name)
        self.write("c.yaml", campaign(STEPS, name="other"))
        self.assert_ends(self.run_plan(name="sub/p.json"), 0)
        self.assertFalse(self.has_journal())
        self.assertTrue(self.has_journal("sub/" + JOURNAL))

    def test_a_plan_may_lie_elsewhere(self):
        self.begin()
        self.save(name="p.json")
        (self.folder / "plans").mkdir()
        os.rename(self.folder / "p.json", self.folder / "plans/p.json")
        self.assert_ends(self.run_plan(name="plans/p.json"), 0)
        self.assertTrue(self.has_journal())

    def test_a_plan_of_another_campaign_or_place(self):
        changes = (
            ({"campaign": "other"}, "is for the campaign other, and this would be for joke"),
            ({"marketplace": "other"}, "is for the marketplace other"),
            ({"environment": "sandbox"}, "for the environment sandbox, and this would be for"),
            ({"endpoint": "https://example.org"}, "is for the endpoint https://example.org"),
            ({"journal": "d.jsonl"}, "is for the journal d.jsonl", "--journal PATH"),
        )
        for change, *words in changes:
            self.begin()
            self.edit(lambda plan: plan.update(change))
            self.assert_stale(*words)

    def test_an_endpoint_elsewhere_is_never_followed(self):
        self.begin()
        self.edit(lambda plan: plan.update(endpoint="https://example.org"))
        del self.environment["AWS_ENDPOINT_URL_MTURK"]
        answer = self.assert_ends(self.run_plan(), 5)
        self.assert_says(answer, "names no environment")

    def test_other_commands_name_the_campaign(self):
        self.begin()
        for command in ("check", "plan", "status", "resolve", "rehearse", "workers", "balance"):
            answer = self.assert_ends(self.bursar(command, "p.json"), 65)
            self.assert_says(
                answer,
                f"p.json is a saved plan, which only 'run' takes; '{command}' takes the campaign "
                "that it was made of: c.yaml",
            )


if __name__ == "__main__":
    unittest.main()
