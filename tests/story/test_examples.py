"""The examples under campaigns/, each in its world: what the marketplace's own book then says."""

import collections
import pathlib
import shutil
import unittest

from house import Story

CAMPAIGNS = pathlib.Path(__file__).parents[2] / "campaigns"


class Examples(Story):
    """Each is run twice, and the second run sends nothing."""

    def setUp(self):
        super().setUp()
        shutil.copytree(CAMPAIGNS, self.folder / "campaigns")

    def perform(self, name, *options):
        self.simulate((CAMPAIGNS / f"{name}.world.yaml").read_text())
        file = f"campaigns/{name}.yaml"
        planned = self.plan(file)
        self.assert_ends(self.bursar("run", "--yes", *options, file), 0)
        after = len(self.book())
        again = self.assert_ends(self.bursar("run", "--yes", *options, file), 0)
        self.assertIn("nothing to do", again.stderr)
        self.assertEqual(len(self.book()), after)
        return planned

    def deeds(self, kind):
        return sorted((line["worker"], line.get("words")) for line in self.book(kind))

    def workers(self, kind):
        return dict(collections.Counter(line["worker"] for line in self.book(kind)))

    def test_every_example_rehearses_in_a_world_of_its_own_and_in_one_made_up(self):
        for file in sorted(CAMPAIGNS.glob("*.yaml")):
            if file.name.endswith(".world.yaml"):
                continue
            world = file.with_suffix("").with_suffix(".world.yaml")
            with self.subTest(file.name):
                self.assert_ends(self.bursar("rehearse", str(file), "--world", str(world)), 0)
                self.assert_ends(self.bursar("rehearse", str(file)), 0)

    def test_completion_codes(self):
        refused = self.perform_refused("completion-codes")
        self.assertIn("--reject-and-block 2", refused)
        self.perform("completion-codes", "--reject-and-block", "2")
        approved = {f"A1CODES0000{i}": 1 for i in (1, 2, 3, 4)}
        self.assertEqual(self.workers("approve"), approved)
        self.assertEqual(self.workers("reject"), {"A1CODES00005": 1, "A1CODES00006": 1})
        self.assertEqual(
            self.deeds("bonus"),
            [
                ("A1CODES00001", "You answered 18 of 20 questions. Thank you!"),
                ("A1CODES00002", "You answered 11 of 20 questions. Thank you!"),
                ("A1CODES00003", "You answered 20 of 20 questions. Thank you!"),
            ],
        )
        self.assertEqual(self.paid(), 150 + 75 + 200)

    def perform_refused(self, name):
        self.simulate((CAMPAIGNS / f"{name}.world.yaml").read_text())
        said = self.bursar("run", "--yes", f"campaigns/{name}.yaml")
        self.assertEqual(said.returncode, 64)
        self.assertEqual(self.writes(), 0)
        return said.stderr

    def test_bonus_from_csv(self):
        self.perform("bonus-from-csv")
        self.assertEqual(
            self.deeds("bonus"),
            [
                ("A1SCORE00001", "You scored 17 of 20."),
                ("A1SCORE00002", "You scored 9 of 20."),
                ("A1SCORE00003", "You scored 8 of 20."),
            ],
        )
        self.assertEqual(self.paid(), 255 + 135 + 120)
        told = dict(self.deeds("message"))
        self.assertEqual(set(told), {"A1SCORE00001", "A1SCORE00002", "A1SCORE00003"})
        self.assertIn("a bonus of $2.55.", told["A1SCORE00001"])

    def test_second_wave(self):
        self.perform("second-wave")
        self.assertEqual(self.workers("message"), {"A1WAVE000001": 1, "A1WAVE000002": 1})
        self.assertEqual(len(self.book("create")), 1)
        values = {line["worker"]: line["value"] for line in self.book("qualify")}
        self.assertEqual(values, {"A1WAVE000001": 19, "A1WAVE000002": 12})

    def test_soft_block(self):
        self.perform("soft-block")
        self.assertEqual(self.workers("qualify"), {f"A1SOFT00000{i}": 1 for i in (1, 2, 3)})
        self.assertEqual(self.book("block"), [])

    def test_owed_bonus(self):
        self.perform("owed-bonus")
        self.assertEqual(
            [worker for worker, _ in self.deeds("bonus")], ["A1OWED000001", "A1OWED000004"]
        )
        self.assertEqual(self.paid(), 160)


if __name__ == "__main__":
    unittest.main()
