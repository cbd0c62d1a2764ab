"""The main job, from the file to the marketplace's own book: qualify, pay, tell, each once."""

import collections
import csv
import io
import json
import shutil
import unittest

from house import (
    QUALIFICATION,
    TASK,
    Story,
    assignment,
    campaign,
    hit,
    pathlib,
    worker,
    world,
)

CAMPAIGNS = pathlib.Path(__file__).parents[2] / "campaigns"
OTHER_TASK = "3PR3LXCWSF67WOX6Y5S8EXAMPLE2"
ALL_STEPS = f"""
- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}
- bonus: {{ amount: 1.00, message: Thanks }}
- notify: {{ subject: Your bonus, message: We paid you }}
"""


def cents(money):
    dollars, _, rest = money.partition(".")
    return int(dollars) * 100 + int(rest)


class TheMainJob(Story):
    def setUp(self):
        super().setUp()
        shutil.copy(CAMPAIGNS / "best-joke.yaml", self.folder)
        self.simulate((CAMPAIGNS / "best-joke.world.yaml").read_text())
        self.jokers = [f"A1JOKER{number:05}" for number in range(1, 6)]

    def test_everyone_is_qualified_paid_and_told_once(self):
        totals = self.plan("best-joke.yaml")["totals"]
        self.assert_ends(self.run_campaign(name="best-joke.yaml"), 0)
        once = {joker: 1 for joker in self.jokers}
        for kind in ("qualify", "bonus", "message"):
            self.assertEqual(self.times(kind), once, kind)
        self.assertEqual({line["value"] for line in self.book("qualify")}, {1})
        self.assertEqual(
            {line["words"] for line in self.book("bonus")}, {"Your joke made us laugh. Thank you!"}
        )
        self.assertEqual(cents(totals["amount"]), self.paid())
        self.assertEqual(cents(totals["total"]), self.spent())
        self.assertEqual(self.writes(), 15)

    def test_plan_journal_and_book_name_one_sum(self):
        totals = self.plan("best-joke.yaml")["totals"]
        self.assert_ends(self.run_campaign(name="best-joke.yaml"), 0)
        after = json.loads(self.bursar("balance", "--json").stdout)
        self.assertEqual(self.status("best-joke.yaml")["total"], totals["total"])
        self.assertEqual(after["balance"], totals["balance_after"])
        self.assertEqual(cents(totals["balance"]) - cents(after["balance"]), self.spent())

    def test_every_deed_is_intended_before_it_is_done(self):
        self.assert_ends(self.run_campaign(name="best-joke.yaml"), 0)
        intended, done = {}, {}
        for record in self.journal("best-joke.simulator.journal.jsonl"):
            if record["kind"] == "intend":
                intended[record["key"]] = record["seq"]
            if record["kind"] == "done":
                done[record["key"]] = record["seq"]
        self.assertEqual(len(done), 15)
        self.assertEqual(set(intended), set(done))
        self.assertTrue(all(intended[key] < done[key] for key in done))

    def test_a_bonus_carries_its_key_as_the_token(self):
        self.assert_ends(self.run_campaign(name="best-joke.yaml"), 0)
        keys = {
            record["key"]
            for record in self.journal("best-joke.simulator.journal.jsonl")
            if record["kind"] == "intend" and record["do"] == "bonus"
        }
        self.assertEqual({line["token"] for line in self.book("bonus")}, keys)

    def test_a_plan_sends_nothing_and_writes_nothing(self):
        for arguments in ([], ["--json"], ["--worker", self.jokers[0]]):
            self.assert_ends(self.bursar("plan", *arguments, "best-joke.yaml"), 0)
        self.assertEqual(self.writes(), 0)
        self.assertFalse(self.has_journal("best-joke.simulator.journal.jsonl"))

    def test_a_finished_campaign_sends_and_writes_nothing_more(self):
        self.assert_ends(self.run_campaign(name="best-joke.yaml"), 0)
        journal = self.folder / "best-joke.simulator.journal.jsonl"
        book, bytes_before = self.book(), journal.read_bytes()
        answer = self.assert_ends(self.run_campaign(name="best-joke.yaml"), 0)
        self.assertIn("nothing to do", answer.stderr)
        self.assertEqual(self.book(), book)
        self.assertEqual(journal.read_bytes(), bytes_before)

    def test_the_journal_verifies_and_is_for_its_owner_only(self):
        self.assert_ends(self.run_campaign(name="best-joke.yaml"), 0)
        self.assert_ends(self.bursar("journal", "verify", "best-joke.yaml"), 0)
        journal = self.folder / "best-joke.simulator.journal.jsonl"
        self.assertEqual(journal.stat().st_mode & 0o777, 0o600)

    def test_no_secret_gets_into_the_journal(self):
        self.assert_ends(self.run_campaign(name="best-joke.yaml"), 0)
        text = (self.folder / "best-joke.simulator.journal.jsonl").read_text()
        self.assertNotIn(self.environment["AWS_SECRET_ACCESS_KEY"], text)
        self.assertNotIn("AWS4-HMAC", text)

    def test_detailed_exitcode_tells_whether_there_is_something_to_do(self):
        plan = ["plan", "--detailed-exitcode", "best-joke.yaml"]
        self.assert_ends(self.bursar(*plan), 2)
        self.assert_ends(self.run_campaign(name="best-joke.yaml"), 0)
        self.assert_ends(self.bursar(*plan), 0)

    def test_json_is_one_value_and_nothing_else(self):
        run = self.assert_ends(self.run_campaign("--json", name="best-joke.yaml"), 0)
        counts = json.loads(run.stdout)
        self.assertEqual((counts["done"], counts["amount"], counts["fee"]), (15, "5.00", "1.00"))
        rerun = self.assert_ends(self.run_campaign("--json", name="best-joke.yaml"), 0)
        self.assertEqual(json.loads(rerun.stdout)["done"], 0)


class WhatStatusSays(Story):
    def setUp(self):
        super().setUp()
        people = [(assignment(n), worker(n), "2026-11-20T12:00:00Z") for n in range(3)]
        again = [(assignment(10 + n), worker(n), "2026-11-21T12:00:00Z") for n in range(3)]
        qualification = f"qualifications:\n  - {{ id: {QUALIFICATION}, name: Took part }}\n"
        self.simulate(qualification + "hits:\n" + hit(TASK, people) + hit(OTHER_TASK, again))
        self.write("c.yaml", campaign(ALL_STEPS))
        more = "- bonus: { amount: 0.50, message: More }"
        self.write("d.yaml", campaign(more, name="more", hits=OTHER_TASK))
        for name in ("c.yaml", "d.yaml"):
            self.assert_ends(self.run_campaign(name=name), 0)

    def test_steps_are_counted_from_the_journal_alone(self):
        self.simulators[0].close()
        answer = self.assert_ends(self.bursar("status", "--json", "c.yaml"), 0)
        status = json.loads(answer.stdout)
        self.assertEqual([step["done"] for step in status["steps"]], [3, 3, 3])
        self.assertEqual(status["total"], "3.60")

    def test_one_person_is_found_over_every_campaign_of_a_folder(self):
        answer = self.assert_ends(self.bursar("status", "--worker", worker(1), "."), 0)
        self.assertIn("paid 1.00", answer.stdout)
        self.assertIn("paid 0.50", answer.stdout)
        self.assertIn(f"on assignment {assignment(1)}", answer.stdout)
        self.assertNotIn(worker(2), answer.stdout)

    def test_one_person_as_json(self):
        answer = self.bursar("status", "--json", "--worker", worker(1), ".")
        deeds = [deed for part in json.loads(answer.stdout) for deed in part["deeds"]]
        self.assertEqual({deed["worker"] for deed in deeds}, {worker(1)})
        self.assertEqual(
            collections.Counter(deed["amount"] for deed in deeds if deed["do"] == "bonus"),
            {"1.00": 1, "0.50": 1},
        )

    def test_a_stranger_got_nothing(self):
        answer = self.assert_ends(self.bursar("status", "--worker", worker(77), "c.yaml"), 0)
        self.assertIn("nothing was done", answer.stdout)

    def test_a_file_that_never_ran_is_said_to_have_no_journal(self):
        self.write("e.yaml", campaign("- bonus: { amount: 0.50, message: M }", name="third"))
        answer = self.assert_ends(self.bursar("status", "e.yaml"), 0)
        self.assertIn("nothing was run", answer.stdout)


class TwoHundredAndFiftyWorkers(Story):
    def setUp(self):
        super().setUp()
        self.simulate(world(250))
        self.write("c.yaml", campaign(ALL_STEPS))
        self.everyone = {worker(number) for number in range(250)}

    def test_all_pages_are_read(self):
        ids = self.assert_ends(self.bursar("workers", "--ids", TASK), 0).stdout.split()
        self.assertEqual(len(ids), 250)
        self.assertEqual(set(ids), self.everyone)

    def test_all_are_paid_and_told_in_three_calls(self):
        self.assert_ends(self.run_campaign(), 0)
        for kind in ("qualify", "bonus", "message"):
            self.assertEqual(self.times(kind), {one: 1 for one in self.everyone}, kind)
        told = {
            record["key"]
            for record in self.journal()
            if record["kind"] == "intend" and record["do"] == "notify"
        }
        calls = collections.Counter(
            record["request_id"]
            for record in self.journal()
            if record["kind"] == "done" and record["key"] in told
        )
        self.assertEqual(sorted(calls.values()), [50, 100, 100])

    def test_the_lists_agree_in_every_form(self):
        table = self.bursar("workers", "c.yaml").stdout.splitlines()
        rows = list(csv.DictReader(io.StringIO(self.bursar("workers", "--csv", "c.yaml").stdout)))
        items = json.loads(self.bursar("workers", "--json", "c.yaml").stdout)
        ids = self.bursar("workers", "--ids", "c.yaml").stdout.split()
        self.assertEqual([row["WorkerId"] for row in rows], ids)
        self.assertEqual([item["worker"] for item in items], ids)
        self.assertEqual([line.split()[0] for line in table[1:251]], ids)
        self.assertEqual(
            [tuple(row.values()) for row in rows],
            [
                tuple(item[key] for key in ("worker", "assignment", "task", "status", "submitted"))
                for item in items
            ],
        )
        self.assertEqual(table[-1], "250 assignments, 250 workers")


class SeveralHits(Story):
    """Two tasks; workers 3 and 4 took part in both, 3 last in the second, 4 last in the first."""

    def setUp(self):
        super().setUp()
        first = [(assignment(n), worker(n), f"2026-11-20T11:00:{n:02}Z") for n in range(4)]
        first.append((assignment(4), worker(4), "2026-11-20T18:00:00Z"))
        second = [(assignment(20 + n), worker(n), f"2026-11-20T15:00:{n:02}Z") for n in (3, 4, 5)]
        self.simulate(
            "balance: 100.00\nqualifications:\n"
            f"  - {{ id: {QUALIFICATION}, name: Took part }}\n"
            "hits:\n" + hit(TASK, first) + hit(OTHER_TASK, second)
        )
        self.both = f"{TASK}, {OTHER_TASK}"

    def test_a_worker_on_two_hits_is_qualified_and_told_once_and_paid_twice(self):
        self.write("c.yaml", campaign(ALL_STEPS, hits=self.both))
        self.assert_ends(self.run_campaign(), 0)
        once = {worker(n): 1 for n in range(6)}
        self.assertEqual(self.times("qualify"), once)
        self.assertEqual(self.times("message"), once)
        self.assertEqual(self.times("bonus"), {**once, worker(3): 2, worker(4): 2})
        self.assertEqual(len({line["assignment"] for line in self.book("bonus")}), 8)

    def test_a_bonus_per_worker_goes_out_on_the_latest_assignment(self):
        step = "- bonus: { amount: 1.00, message: Thanks, per: worker }"
        self.write("c.yaml", campaign(step, hits=self.both))
        self.assert_ends(self.run_campaign(), 0)
        carriers = {line["worker"]: line["assignment"] for line in self.book("bonus")}
        self.assertEqual(self.times("bonus"), {worker(n): 1 for n in range(6)})
        self.assertEqual(carriers[worker(3)], assignment(23))
        self.assertEqual(carriers[worker(4)], assignment(4))

    def test_the_order_of_the_hits_changes_nothing_that_was_done(self):
        steps = "- bonus: { amount: 1.00, message: Thanks, per: worker }"
        self.write("c.yaml", campaign(steps, hits=self.both))
        self.assert_ends(self.run_campaign(), 0)
        self.write("c.yaml", campaign(steps, hits=f"{OTHER_TASK}, {TASK}"))
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(len(self.book("bonus")), 6)

    def test_two_bonuses_of_one_campaign_are_both_paid(self):
        steps = """
- bonus: { amount: 1.00, message: Thanks }
- id: extra
  bonus: { amount: 0.50, message: And once more }
"""
        self.write("c.yaml", campaign(steps))
        self.assert_ends(self.run_campaign(), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("bonus"), {worker(n): 2 for n in range(5)})
        self.assertEqual(self.paid(), 5 * 150)

    def test_what_another_campaign_paid_on_the_same_work_is_seen_and_not_paid_again(self):
        for name in ("one", "two"):
            step = f"- bonus: {{ amount: 1.00, message: Thanks for {name} }}"
            self.write(f"{name}.yaml", campaign(step, name=name))
        self.assert_ends(self.run_campaign(name="one.yaml"), 0)
        before = len(self.book("bonus"))
        answer = self.assert_ends(self.run_campaign(name="two.yaml"), 4)
        self.assertEqual(len(self.book("bonus")), before, "seen as paid elsewhere, and not sent")
        self.assertIn("perhaps paid already", answer.stdout)

    def test_ids_name_each_worker_once_and_rows_every_assignment(self):
        ids = self.bursar("workers", "--ids", TASK, OTHER_TASK).stdout.split()
        rows = self.bursar("workers", "--csv", TASK, OTHER_TASK).stdout.splitlines()
        self.assertEqual(sorted(ids), [worker(n) for n in range(6)])
        self.assertEqual(len(rows), 1 + 8)


class Approving(Story):
    STEPS = """
- approve: { feedback: Well done }
- bonus: { amount: 1.00, message: Thanks }
- notify: { subject: Your bonus, message: We paid you }
"""
    SUBMITTED = "where: { status: [Submitted] }\n"

    def test_what_we_approved_does_not_fall_out_of_the_selection(self):
        self.simulate(world(5, status="Submitted"))
        self.write("c.yaml", campaign(self.STEPS, head=self.SUBMITTED))
        self.assert_ends(self.run_campaign(), 0)
        once = {worker(n): 1 for n in range(5)}
        for kind in ("approve", "bonus", "message"):
            self.assertEqual(self.times(kind), once, kind)
        self.assertEqual(self.plan()["tasks"][0]["selected"], 5)
        self.assertEqual(len(self.bursar("workers", "--ids", "c.yaml").stdout.split()), 5)
        before = self.book()
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.book(), before)

    def test_a_rerun_pays_those_whom_an_earlier_run_approved(self):
        no_funds = (
            "- { fault: refuse, operation: SendBonus, count: 1, code: RequestError, "
            "turk_code: AWS.MechanicalTurk.InsufficientFunds, message: This Requester has "
            "insufficient funds in their account to complete this transaction. }\n"
        )
        self.simulate(world(5, status="Submitted"), faults=no_funds)
        self.write("c.yaml", campaign(self.STEPS, head=self.SUBMITTED))
        self.assert_ends(self.run_campaign("--concurrency", "1"), 5)
        self.assertEqual((len(self.book("approve")), len(self.book("bonus"))), (5, 0))
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("bonus"), {worker(n): 1 for n in range(5)})
        self.assertEqual(len(self.book("approve")), 5)

    def test_what_somebody_else_decided_is_left_alone(self):
        more = hit(OTHER_TASK, [(assignment(9), worker(9), "2026-11-20T12:00:00Z")], "Rejected")
        self.simulate(world(2, status="Submitted", more=more))
        head = "where: { status: [Submitted, Approved] }\n"
        steps = "- approve\n"
        self.write("c.yaml", campaign(steps, head=head, hits=f"{TASK}, {OTHER_TASK}"))
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("approve"), {worker(0): 1, worker(1): 1})
        self.assertEqual(self.book("override"), [])

    def test_rewards_and_fees_are_those_of_the_plan(self):
        cases = [
            ("few places", "0.20", 9, ""),
            ("many places", "0.20", 10, ""),
            ("odd cents", "0.03", 5, ""),
            ("half a cent", "0.13", 12, ""),
            ("masters", "1.11", 12, "    masters: true\n"),
            ("free", "0.00", 5, ""),
        ]
        for name, reward, places, masters in cases:
            with self.subTest(name):
                work = [(assignment(n), worker(n), "2026-11-20T12:00:00Z") for n in range(3)]
                task = hit(TASK, work, "Submitted", reward, places).replace(
                    "    assignments:\n", masters + "    assignments:\n"
                )
                self.simulate("balance: 100.00\nhits:\n" + task)
                self.write(f"{places}{reward}/c.yaml", campaign("- approve\n"))
                file = f"{places}{reward}/c.yaml"
                totals = self.plan(file)["totals"]
                self.assert_ends(self.run_campaign(name=file), 0)
                rewards = sum(
                    part["cents"]
                    for line in self.book("approve")
                    for part in line["lines"]
                    if part["account"].startswith("worker")
                )
                self.assertEqual(cents(totals["reward"]), rewards)
                self.assertEqual(cents(totals["reward_fee"]), self.spent("approve") - rewards)
                self.assertEqual(totals["total"], "0.00", "bonuses stand apart from rewards")


class TheCampaignsWeGiveAway(Story):
    def campaigns(self):
        files = sorted(CAMPAIGNS.glob("*.yaml"))
        return [file for file in files if not file.name.endswith(".world.yaml")]

    def test_there_are_some(self):
        self.assertIn("best-joke.yaml", [file.name for file in self.campaigns()])

    def test_each_is_valid(self):
        for file in self.campaigns():
            with self.subTest(file.name):
                self.assert_ends(self.bursar("check", file), 0)

    def test_each_is_rehearsed_in_its_world_and_in_a_made_up_one(self):
        for file in self.campaigns():
            own = file.with_suffix(".world.yaml")
            for world_file in [["--world", own]] * own.exists() + [[]]:
                with self.subTest(file.name, world=bool(world_file)):
                    answer = self.assert_ends(self.bursar("rehearse", *world_file, file), 0)
                    figures = answer.stderr.split("rehearsed: ")[1].splitlines()[0]
                    sums = {part.split()[-1] for part in figures.split(",")}
                    self.assertEqual(len(sums), 1, figures)
                    self.assertEqual(answer.stdout.count("Campaign "), 1)

    def test_a_rehearsal_leaves_nothing_beside_the_file(self):
        shutil.copy(CAMPAIGNS / "best-joke.yaml", self.folder)
        self.assert_ends(self.bursar("rehearse", "best-joke.yaml"), 0)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["best-joke.yaml"])

    def test_a_rehearsal_that_is_kept_can_be_looked_into(self):
        file = CAMPAIGNS / "best-joke.yaml"
        self.assert_ends(self.bursar("rehearse", "--keep", "kept", file), 0)
        names = {path.name for path in (self.folder / "kept").iterdir()}
        self.assertLessEqual({"book.jsonl", "world.yaml"}, names)
        journal = next(name for name in names if name.endswith(".journal.jsonl"))
        self.assert_ends(self.bursar("journal", "verify", f"kept/{journal}"), 0)


if __name__ == "__main__":
    unittest.main()
