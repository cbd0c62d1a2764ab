"""Whole runs against a marketplace that knows nothing of bursar: written apart from the simulator,
it keeps the ledger that decides who was paid, and how often."""

import collections
import json
import unittest

from house import Story
from marketplace import READS, Books, Marketplace, cents, with_fee

HEAD = "limits: { total: 9999 }\n"
CAMPAIGN = f"""
campaign: apart
{HEAD}hits: [3HITA, 3HITB, 3HITC]
steps:
  - approve: {{ feedback: "Schön ✓" }}
  - qualify: {{ qualification: 3QUAL, value: 1 }}
  - bonus: {{ amount: 0.50, message: For each }}
  - id: once
    bonus: {{ amount: 1.23, message: For all of it, per: worker }}
  - notify: {{ subject: Paid, message: We have paid you }}
"""
MESSAGES = ("NotifyWorkers",)  # of which nobody can find out later
UNKNOWN = 4
MONEY = ("amount", "fee", "total", "balance_after", "reward", "reward_fee")


class AnIndependentMarketplace(Story):
    def setUp(self):
        super().setUp()
        self.write("c.yaml", CAMPAIGN)

    def open(self, unit=4, spared=MESSAGES, paid_by_hand=0, lag_s=0, **misbehaviour):
        self.books = Books(unit, paid_by_hand=paid_by_hand, lag_s=lag_s)
        self.marketplace = Marketplace(self.books, spared=spared, **misbehaviour)
        self.addCleanup(self.marketplace.close)
        self.environment.update(self.marketplace.environment)
        self.begun = self.books.balance

    def plan_calmly(self):
        """The first plan, made while all is well."""
        faults, self.marketplace.faults = self.marketplace.faults, {}
        plan = self.plan()
        self.marketplace.faults = faults
        return plan

    def run_until_settled(self, runs=8):
        """Runs again as long as something is left that another run may decide."""
        for _ in range(runs):
            answer = self.run_campaign()
            self.marketplace.settle()
            self.assertIn(answer.returncode, (0, 1, 4, -9), answer.stderr)
            if answer.returncode == 0:
                return
        self.fail(f"not settled after {runs} runs: {answer.stderr}")

    def workers(self):
        return {work["worker"] for work in self.books.work.values()}

    def assert_everyone_was_paid_once(self):
        each = collections.Counter()
        for assignment, worker, amount, words, _ in self.books.bonuses:
            each[(words, assignment if words == "For each" else worker, amount)] += 1
        expected = {("For each", assignment, 50): 1 for assignment in self.books.work}
        expected |= {("For all of it", worker, 123): 1 for worker in self.workers()}
        self.assertEqual(each, expected)
        self.assertEqual(
            {work["status"] for work in self.books.work.values()}, {"Approved"}
        )

    def assert_everyone_was_told_once(self):
        self.assertEqual(self.books.messages, {worker: 1 for worker in self.workers()})

    def assert_all_is_well(self, plan):
        """Everything was done once, at the cost that the plan named, and nothing is left."""
        self.assert_everyone_was_paid_once()
        self.assert_everyone_was_told_once()
        self.assertEqual(
            self.books.scores, {worker: (1, False) for worker in self.workers()}
        )
        totals = {name: cents(plan["totals"][name]) for name in MONEY}
        bonuses = [amount for _, _, amount, _, _ in self.books.bonuses]
        self.assertEqual(totals["amount"], sum(bonuses))
        self.assertEqual(totals["total"], sum(with_fee(amount, 20) for amount in bonuses))
        self.assertEqual(totals["amount"] + totals["fee"], totals["total"])
        self.assertEqual(
            self.begun - self.books.balance,
            totals["total"] + totals["reward"] + totals["reward_fee"],
        )
        self.assertEqual(totals["balance_after"], self.begun - totals["total"])
        self.assert_journal_agrees()
        self.assert_another_run_sends_nothing()
        self.assertEqual(self.marketplace.wrong, [])

    def assert_journal_agrees(self):
        records = self.journal()
        intents = {line["key"]: line for line in records if line["kind"] == "intend"}
        done = {line["key"] for line in records if line["kind"] in ("done", "adopt")}
        self.assertEqual(
            {key: line["cents"] for key, line in intents.items() if line["do"] == "bonus"},
            self.books.tokens,
        )
        self.assertEqual(done, set(intents))

    def assert_another_run_sends_nothing(self):
        before, self.marketplace.faults = self.books.writes, {}
        self.assert_ends(self.run_campaign(), 0)
        self.assert_ends(self.bursar("status", "c.yaml"), 0)
        self.assertEqual(self.books.writes, before)

    def weather(self, unit=4, **misbehaviour):
        """A whole campaign under this weather."""
        self.open(unit, **misbehaviour)
        plan = self.plan_calmly()
        self.run_until_settled()
        self.assert_all_is_well(plan)


class InCalmWeather(AnIndependentMarketplace):
    def test_three_hundred_workers_are_paid_and_told_once(self):
        self.weather(20)
        self.assertEqual(len(self.workers()), 300)
        self.assertEqual(len(self.books.work) - len(self.workers()), 120)
        self.assertEqual(self.marketplace.calls["NotifyWorkers"], 3)

    def test_no_call_is_made_twice(self):
        self.open()
        self.assert_ends(self.run_campaign(), 0)
        writes = {
            name: count for name, count in self.marketplace.calls.items() if name not in READS
        }
        people, work = len(self.workers()), len(self.books.work)
        self.assertEqual(
            writes,
            {
                "ApproveAssignment": work - work // 3,
                "AssociateQualificationWithWorker": people,
                "SendBonus": work + people,
                "NotifyWorkers": 1,
            },
        )


class InBadWeather(AnIndependentMarketplace):
    def weather(self, *unit, **misbehaviour):
        super().weather(*unit, **misbehaviour)
        self.assertGreater(self.marketplace.struck.total(), 5)

    def test_lost_answers_pay_nobody_twice(self):
        self.weather(lose=0.1)

    def test_errors_after_the_deed_pay_nobody_twice(self):
        self.weather(ill=0.1)

    def test_answers_cut_in_half_pay_nobody_twice(self):
        self.weather(cut=0.1)

    def test_calls_that_are_carried_out_late_pay_nobody_twice(self):
        self.weather(late=0.1, spared=(*MESSAGES, *READS))

    def test_a_list_that_shows_payments_late_pays_nobody_twice(self):
        self.weather(2, lose=0.1, lag_s=0.5)

    def test_throttled_calls_are_all_made_in_the_end(self):
        self.weather(1, slow=0.3, spared=(*MESSAGES, *READS, "ApproveAssignment"))

    def test_everything_at_once_pays_nobody_twice(self):
        self.storm(seed=2)

    def test_another_storm_pays_nobody_twice(self):
        self.storm(seed=3)

    def test_a_third_storm_pays_nobody_twice(self):
        self.storm(seed=4)

    def storm(self, seed):
        self.weather(1, seed=seed, lose=0.05, ill=0.04, cut=0.04, slow=0.02)


class WhatNobodyCanKnow(AnIndependentMarketplace):
    def test_a_message_without_an_answer_is_never_sent_again(self):
        self.open(unit=8, spared=READS)
        faults = self.marketplace.faults
        self.marketplace.at_call["NotifyWorkers", 1] = lambda: faults.update(lose=1)
        self.assert_ends(self.run_campaign(), UNKNOWN)
        self.assert_ends(self.run_campaign(), UNKNOWN)
        self.assertEqual(self.marketplace.calls["NotifyWorkers"], 2)
        self.assertLessEqual(max(self.books.messages.values()), 1)
        self.assert_everyone_was_paid_once()

    def test_bonuses_paid_by_hand_are_not_paid_again(self):
        self.open(paid_by_hand=10)
        totals = self.plan()["totals"]
        self.assertEqual(cents(totals["amount"]), 50 * (84 - 10) + 123 * 60)
        self.assert_ends(self.run_campaign(), UNKNOWN)
        self.assert_everyone_was_paid_once()
        self.assertEqual(self.books.messages, {})


class AKilledRun(AnIndependentMarketplace):
    def test_pays_nobody_twice(self):
        self.open()
        plan = self.plan_calmly()
        for count in (10, 70, 140):
            self.marketplace.at_call["SendBonus", count] = lambda: self.running.kill()
            self.running = self.start("run", "--yes", "c.yaml")
            _, said = self.running.communicate(timeout=60)
            self.assertEqual(self.running.returncode, -9, said)
        self.run_until_settled()
        self.assert_all_is_well(plan)


if __name__ == "__main__":
    unittest.main()
