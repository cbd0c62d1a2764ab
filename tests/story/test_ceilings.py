"""`--rate` and `--concurrency`: ceilings that a person sets, whatever the service would bear."""

import unittest
from datetime import datetime

from house import Story, campaign, everyone, world

PEOPLE = 40


class Ceilings(Story):
    def setUp(self):
        super().setUp()
        self.simulate(world(PEOPLE))
        self.write("c.yaml", campaign("- bonus: { amount: 1.00, message: Thanks }"))

    def test_a_rate_is_not_exceeded(self):
        self.assert_ends(self.run_campaign("--rate", "20"), 0)
        self.assertEqual(self.times("bonus"), everyone(PEOPLE))
        intended = [datetime.fromisoformat(record["at"]) for record in self.journal() if record["kind"] == "intend"]
        took = (intended[-1] - intended[0]).total_seconds()
        self.assertGreater(took, 0.9 * (PEOPLE - 1) / 20)

    def test_with_one_call_at_a_time_no_two_are_in_doubt(self):
        self.assert_ends(self.run_campaign("--concurrency", "1"), 0)
        kinds = [record["kind"] for record in self.journal() if record["kind"] in ("intend", "done")]
        self.assertEqual(kinds, ["intend", "done"] * PEOPLE)

    def test_what_is_no_ceiling_is_refused_before_anything_is_read(self):
        for option, value in (("--rate", "0"), ("--rate", "-1"), ("--rate", "many"), ("--rate", "1.5"),
                              ("--concurrency", "0"), ("--concurrency", "257"), ("--concurrency", "")):
            with self.subTest(option=option, value=value):
                answer = self.assert_ends(self.run_campaign(f"{option}={value}"), 64)
                self.assert_says(answer, option)
        self.assertFalse(self.has_journal())


if __name__ == "__main__":
    unittest.main()
