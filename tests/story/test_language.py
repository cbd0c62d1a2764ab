"""The campaign language in whole runs: tables and words, harm, parts, limits across reruns, people
from files. The marketplace's own book says what happened."""

import unittest

from house import QUALIFICATION, TASK, Story, assignment, campaign, faults, hit, worker, world

TABLE = "data:\n  pay: { csv: pay.csv, match: { worker: worker_id } }\n"
BONUS = '- bonus: { amount: "${{ pay.usd }}", message: "For you: ${{ pay.usd }} dollars." }'


def pay(*amounts, more=""):
    rows = "".join(f"{worker(i)},{amount}\n" for i, amount in enumerate(amounts))
    return "worker_id,usd\n" + rows + more


class AmountsFromATable(Story):
    def setUp(self):
        super().setUp()
        self.simulate(world(4))
        self.write("c.yaml", campaign(BONUS, head=TABLE))
        self.write("pay.csv", pay("1.00", "0.50", "2.25", "0"))

    def paid_each(self):
        each = {}
        for line in self.book("bonus"):
            for part in line["lines"]:
                if part["account"].startswith("worker"):
                    each[line["worker"]] = each.get(line["worker"], 0) + part["cents"]
        return each

    def test_everyone_gets_their_row_once(self):
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.paid_each(), {worker(0): 100, worker(1): 50, worker(2): 225})
        again = self.assert_ends(self.run_campaign(), 0)
        self.assert_says(again, "nothing to do")

    def test_a_row_that_is_raised_after_the_deed_is_a_conflict_and_pays_nothing(self):
        self.assert_ends(self.run_campaign(), 0)
        self.write("pay.csv", pay("1.00", "0.75", "2.25", "0"))
        refused = self.assert_ends(self.run_campaign(), 5)
        self.assert_says(refused, "paid 0.50", "the file now says 0.75")
        self.assertEqual(self.paid(), 375)

    def test_a_difference_that_was_let_stand_is_asked_about_again_when_it_grows(self):
        self.assert_ends(self.run_campaign(), 0)
        self.write("pay.csv", pay("1.00", "0.75", "2.25", "0"))
        self.assert_ends(self.bursar("resolve", "--keep", "bonus", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.write("pay.csv", pay("1.00", "0.80", "2.25", "0"))
        self.assert_says(self.assert_ends(self.run_campaign(), 5), "the file now says 0.80")
        self.assertEqual(self.paid(), 375)

    def test_a_row_that_is_added_later_is_paid_alone(self):
        self.assert_ends(self.run_campaign(), 0)
        self.write("pay.csv", pay("1.00", "0.50", "2.25", "1.25"))
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.paid(), 375 + 125)

    def test_what_is_wrong_in_the_table_is_said_with_its_line_before_anything_is_asked(self):
        self.write("pay.csv", pay("1.00", "3,50", "x", more=f"{worker(0)},1.00\n"))
        said = self.assert_ends(self.bursar("check", "c.yaml"), 65)
        for line in (3, 4, 5):
            self.assertIn(f"pay.csv:{line}: error: ", said.stderr)

    def test_a_selected_worker_without_a_row_stops_everything(self):
        self.write("pay.csv", pay("1.00", "0.50", "2.25"))
        for command in ("plan", "run"):
            options = ["--yes"] if command == "run" else []
            refused = self.assert_ends(self.bursar(command, *options, "c.yaml"), 65)
            self.assert_says(refused, "pay.csv has no row for worker")
        self.assertEqual(self.writes(), 0)

    def test_a_table_may_be_larger_than_a_megabyte(self):
        strangers = "".join(f"A1STRANGER{i:06},1.00\n" for i in range(60000))
        self.write("pay.csv", pay("1.00", "0.50", "2.25", "0", more=strangers))
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.paid(), 375)

    def test_limits_count_what_earlier_runs_paid(self):
        head = TABLE + "limits: { total: 6.00 }\n"
        self.write("c.yaml", campaign(BONUS, head=head))
        self.assert_ends(self.run_campaign(), 0)  # 3.75 and 0.75 in fees
        self.write("pay.csv", pay("1.00", "0.50", "2.25", "1.26"))  # 1.26 and 0.25 more: 6.01
        refused = self.assert_ends(self.run_campaign(), 5)
        self.assert_says(refused, "'limits.total' is 6.00", "spent 4.50", "spend 1.51 more")
        self.write("pay.csv", pay("1.00", "0.50", "2.25", "1.25"))
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.spent(), 600)


class WorkersWithTwoAssignments(Story):
    def setUp(self):
        super().setUp()
        twice = [("3TWICE00000000000000001", worker(0), "2026-11-21T10:00:00Z")]
        self.simulate(world(2, more=hit("3SECONDTASK", twice)))
        self.write("pay.csv", pay("1.00", "0.50"))

    def test_a_table_matched_by_worker_pays_each_worker_once_on_the_latest_work(self):
        self.write("c.yaml", campaign(BONUS, head=TABLE, hits=f"{TASK}, 3SECONDTASK"))
        self.assert_ends(self.run_campaign(), 0)
        paid = {line["worker"]: line["assignment"] for line in self.book("bonus")}
        self.assertEqual(
            paid, {worker(0): "3TWICE00000000000000001", worker(1): assignment(1)}
        )

    def test_words_that_differ_between_them_are_a_problem_that_names_both(self):
        step = '- notify: { subject: Hello, message: "Your work ${{ assignment }} arrived." }'
        self.write("c.yaml", campaign(step, hits=f"{TASK}, 3SECONDTASK"))
        refused = self.assert_ends(self.run_campaign(), 65)
        self.assert_says(refused, "reaches worker … once")
        self.assert_says(refused, "differs between")
        self.assertEqual(self.writes(), 0)


class Harm(Story):
    """Rejecting and blocking ask for their number."""

    def setUp(self):
        super().setUp()
        self.simulate(world(4, status="Submitted"))
        listed = f"[{worker(1)}, {worker(2)}]"
        self.write(
            "c.yaml",
            campaign(
                f"- reject: {{ feedback: Empty. }}\n  where: {{ workers: {listed} }}\n"
                f"- block: {{ reason: Robots. }}\n  where: {{ workers: [{worker(2)}] }}"
            ),
        )

    def test_yes_does_not_answer_for_it(self):
        refused = self.assert_ends(self.run_campaign(), 64)
        self.assert_says(refused, "rejects and blocks 3", "--reject-and-block 3")
        self.assertEqual(self.writes(), 0)

    def test_another_number_is_refused(self):
        refused = self.assert_ends(self.run_campaign("--reject-and-block", "2"), 5)
        self.assert_says(refused, "says 2", "rejects and blocks 3")
        self.assertEqual(self.writes(), 0)

    def test_the_number_agrees_to_it_and_a_rerun_with_it_has_nothing_to_do(self):
        self.assert_ends(self.run_campaign("--reject-and-block", "3"), 0)
        self.assertEqual(set(self.times("reject")), {worker(1), worker(2)})
        self.assertEqual(set(self.times("block")), {worker(2)})
        before = self.writes()
        again = self.assert_ends(self.run_campaign("--reject-and-block", "3"), 0)
        self.assert_says(again, "nothing to do")
        self.assertEqual(self.writes(), before)

    def test_the_number_is_that_of_the_whole_campaign(self):
        self.assert_ends(self.run_campaign("--step", "reject", "--reject-and-block", "2"), 0)
        for number in ("1", "2"):
            old = self.assert_ends(self.run_campaign("--reject-and-block", number), 5)
            self.assert_says(old, "rejects and blocks 3, those before included")
        self.assertEqual(self.times("block"), {})
        self.assert_ends(self.run_campaign("--reject-and-block", "3"), 0)
        self.assertEqual(set(self.times("reject")), {worker(1), worker(2)})
        self.assertEqual(dict(self.times("block")), {worker(2): 1})

    def test_a_run_that_died_is_finished_by_the_same_number(self):
        lost = faults("fault: hang, operation: RejectAssignment, after: 1, count: 1")
        self.simulate(world(4, status="Submitted"), lost)
        process = self.start("run", "--yes", "--concurrency", "1", "--reject-and-block", "3", "c.yaml")
        self.wait_for(lambda: len(self.book("reject")) == 2, "one is rejected, one in flight")
        process.kill()
        process.communicate()
        self.assertIn("--reject-and-block 3", self.bursar("plan", "c.yaml").stdout)
        self.assert_ends(self.run_campaign("--reject-and-block", "3"), 0)
        self.assertEqual(dict(self.times("reject")), {worker(1): 1, worker(2): 1})
        self.assertEqual(dict(self.times("block")), {worker(2): 1})

    def test_who_was_blocked_by_hand_is_no_part_of_the_number(self):
        self.simulate(world(4, status="Submitted", more=f"blocked: [{worker(2)}]\n"))
        self.assert_ends(self.run_campaign("--reject-and-block", "2"), 0)
        self.assertEqual(self.times("block"), {})
        self.assert_ends(self.run_campaign("--reject-and-block", "2"), 0)

    def test_the_plan_names_the_number(self):
        shown = self.assert_ends(self.bursar("plan", "c.yaml"), 0).stdout
        self.assertIn("Rejects      2 assignments", shown)
        self.assertIn("Blocks       1 worker", shown)

    def test_approving_and_rejecting_the_same_work_is_a_conflict(self):
        step = f"- reject: {{ feedback: No. }}\n  where: {{ workers: [{worker(1)}] }}"
        self.write("c.yaml", campaign("- approve\n" + step))
        refused = self.assert_ends(self.run_campaign("--reject-and-block", "1"), 5)
        self.assert_says(refused, "approves this work and rejects it too")
        self.assertEqual(self.writes(), 0)

    def test_a_rejection_is_taken_back_by_another_campaign(self):
        self.assert_ends(self.run_campaign("--reject-and-block", "3"), 0)
        head = "where: { status: Rejected }\n"
        step = "- approve: { override: true, feedback: We were wrong. }"
        self.write("b.yaml", campaign(step, name="sorry", head=head))
        self.assert_ends(self.run_campaign(name="b.yaml"), 0)
        self.assertEqual(set(self.times("override")), {worker(1), worker(2)})


class Parts(Story):
    def setUp(self):
        super().setUp()
        self.simulate(world(5))
        steps = (
            "- bonus: { amount: 1.00, message: Thanks }\n"
            "- notify: { subject: Your bonus, message: We paid you }"
        )
        self.write("c.yaml", campaign(steps))

    def test_a_canary_is_the_first_workers_and_the_rest_stays_pending(self):
        said = self.assert_ends(self.run_campaign("--first", "2"), 0)
        self.assert_says(said, "6 more stay pending")
        self.assertEqual(set(self.times("bonus")), {worker(0), worker(1)})
        self.assertEqual(set(self.times("message")), {worker(0), worker(1)})
        again = self.assert_ends(self.run_campaign("--first", "2"), 0)
        self.assert_says(again, "nothing to do")
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(set(self.times("bonus").values()), {1})
        self.assertEqual(len(self.times("message")), 5)

    def test_one_step_and_one_worker(self):
        self.assert_ends(self.run_campaign("--step", "bonus", "--worker", worker(3)), 0)
        self.assertEqual(dict(self.times("bonus")), {worker(3): 1})
        self.assertEqual(self.book("message"), [])

    def test_a_message_waits_for_the_bonus_that_was_left_out(self):
        self.assert_ends(self.run_campaign("--step", "notify"), 0)
        self.assertEqual(self.writes(), 0)

    def test_what_is_not_there_is_said(self):
        for options, words in (
            (("--step", "bonsu"), "no step of that id"),
            (("--worker", "A1NOBODY"), "not among the people"),
            (("--first", "0"), "--first takes a whole number"),
        ):
            with self.subTest(options):
                refused = self.assert_ends(self.run_campaign(*options), 64)
                self.assert_says(refused, words)


class PeopleFromFiles(Story):
    def test_nobody_can_say_that_a_qualification_was_made(self):
        self.simulate(world(2), faults("fault: hang, operation: CreateQualificationType, count: 1"))
        self.write("c.yaml", campaign("- qualify: { name: In, create: { description: Came. } }"))
        process = self.start("run", "--yes", "c.yaml")
        self.wait_for(lambda: self.book("create"), "it is made, and nobody heard")
        process.kill()
        process.communicate()
        refused = self.assert_ends(self.bursar("resolve", "--done", "qualify", "c.yaml"), 64)
        self.assert_says(refused, "the marketplace's list tells: run again")
        self.run_to_the_end()
        self.assertEqual(len(self.book("create")), 1)
        self.assertEqual(set(self.times("qualify")), {worker(0), worker(1)})

    def approve_listed(self, *rows):
        head = "HITId,AssignmentId,WorkerId,AssignmentStatus,Reward,MaxAssignments\n"
        lines = "".join(f"{TASK},{work},{who},Submitted,$0.20,9\n" for work, who in rows)
        self.write("work.csv", head + lines)
        text = campaign("- approve: { feedback: Thanks }")
        self.write("c.yaml", text.replace(f"hits: [{TASK}]", "assignments: { csv: work.csv }"))
        return self.run_campaign()

    def test_a_row_that_names_another_worker_than_the_marketplace_is_refused(self):
        self.simulate(world(3, status="Submitted"))
        swapped = (assignment(0), worker(1)), (assignment(1), worker(1))
        refused = self.assert_ends(self.approve_listed(*swapped), 65)
        self.assert_says(refused, assignment(0))
        self.assertEqual(self.writes(), 0)

    def test_work_approved_since_the_file_was_downloaded_is_not_approved_again(self):
        self.simulate(world(1, status="Approved"))
        found = self.assert_ends(self.approve_listed((assignment(0), worker(0))), 0)
        self.assertEqual(self.times("approve"), {})
        self.assertNotIn("--not-done", found.stderr)

    def test_workers_who_never_worked_here_are_qualified_and_blocked_and_let_go_again(self):
        people = "workers: [A1NEW, A2NEW, A3NEW]\n"
        self.simulate(people + f"qualifications: [{{ id: {QUALIFICATION}, name: old, holders: {{ A2NEW: 3 }} }}]\n")
        self.write("list.csv", "Name,WorkerId\nAna,A1NEW\nBen,A2NEW\n")
        steps = (
            "- qualify: { name: Invited, create: { description: Came by invitation. }, value: 4 }\n"
            f"- unqualify: {{ qualification: {QUALIFICATION}, reason: Old. }}\n"
            "- block: { reason: A test. }\n  where: { workers: [A1NEW] }\n"
        )
        head = "workers: { csv: list.csv }\n"
        self.write("c.yaml", f"campaign: people\n{head}steps:\n  " + steps.strip().replace("\n", "\n  ") + "\n")
        self.assert_ends(self.run_campaign("--reject-and-block", "1"), 0)
        self.assertEqual(set(self.times("qualify")), {"A1NEW", "A2NEW"})
        self.assertEqual(dict(self.times("unqualify")), {"A2NEW": 1})
        self.assertEqual(dict(self.times("block")), {"A1NEW": 1})
        self.assertEqual(len(self.book("create")), 1)
        back = f"campaign: back\n{head}steps:\n  - unblock\n"
        self.write("b.yaml", back)
        self.assert_ends(self.run_campaign(name="b.yaml"), 0)
        self.assertEqual(dict(self.times("unblock")), {"A1NEW": 1})

    def test_another_account_than_the_files_is_refused_before_anything_is_read(self):
        self.simulate(world(2))
        step = "- bonus: { amount: 1.00, message: Thanks }"
        self.write("c.yaml", campaign(step, head='account: "999999999999"\n'))
        for command in ("plan", "run"):
            options = ["--yes"] if command == "run" else []
            refused = self.assert_ends(self.bursar(command, *options, "c.yaml"), 5)
            self.assert_says(refused, "is for account 999999999999", "123456789012")
        self.write("c.yaml", campaign(step, head='account: "123456789012"\n'))
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.paid(), 200)


if __name__ == "__main__":
    unittest.main()
