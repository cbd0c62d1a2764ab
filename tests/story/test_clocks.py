"""Clocks that are wrong: the machine's, by years, and the marketplace's. The times of a journal are
the marketplace's, and no age in it ever shrinks."""

import unittest

from house import Story, campaign, everyone, faults, world
from liar import Liar

PAY = "- bonus: { amount: 1.00, message: Thanks }"


class Clocks(Story):
    def at(self, now, rows=None):
        """From here on the marketplace says that it is this moment."""
        self.simulate(f"now: {now}\n" + world(3), faults(*rows) if rows else None)

    def setUp(self):
        super().setUp()
        self.write("c.yaml", campaign(PAY))

    def test_a_machine_that_is_years_off_pays_by_the_marketplace_s_clock(self):
        for day in ("2011-03-01", "2026-11-26", "2099-06-30"):
            with self.subTest(day):
                self.forget()
                self.at(f"{day}T12:00:00Z")
                self.assert_ends(self.run_campaign(), 0)
                self.assertEqual({record["at"][:10] for record in self.journal()}, {day})
                self.assertEqual(self.times("bonus"), everyone(3))
                self.assert_ends(self.run_campaign(), 0)
                self.assertEqual(self.times("bonus"), everyone(3))

    def test_a_marketplace_that_is_hours_behind_the_journal_is_not_paid_by(self):
        self.at("2030-05-02T12:00:00Z", ["fault: hang-up-before, operation: SendBonus"])
        self.assert_ends(self.run_campaign("--concurrency", "1"), 4)
        before = self.journal()
        self.at("2030-05-02T09:00:00Z")
        for arguments in (["run", "--yes"], ["plan"], ["resolve"]):
            with self.subTest(arguments):
                answer = self.assert_ends(self.bursar(*arguments, "c.yaml"), 5)
                self.assert_says(answer, "last record is of 2030-05-02T12:", "2030-05-02T09:00:")
        self.assertEqual(self.journal(), before)
        self.assertEqual(self.writes(), 0)

    def test_minutes_behind_are_no_trouble_and_time_goes_on(self):
        self.at("2030-05-02T12:00:00Z", ["fault: refuse, operation: SendBonus, message: No."])
        self.assert_ends(self.run_campaign(), 3)
        self.at("2030-05-02T11:30:00Z")
        self.assert_ends(self.run_campaign("--retry-refused"), 0)
        times = [record["at"] for record in self.journal()]
        self.assertEqual(times, sorted(times))
        self.assertEqual(self.times("bonus"), everyone(3))

    def test_a_marketplace_without_a_clock_is_held_to_the_machine_s(self):
        """A record of next year, and nobody but this machine who could say what day it is."""
        self.at("2099-05-02T12:00:00Z")
        self.assert_ends(self.run_campaign(), 0)
        market = Liar(3, {})
        self.addCleanup(market.close)
        market.date = None
        self.environment.update(market.environment)
        answer = self.assert_ends(self.run_campaign(), 5)
        self.assert_says(answer, "by this machine's clock it is")
        self.assertEqual(market.told, [])


if __name__ == "__main__":
    unittest.main()
