"""The reference of campaign files: what is committed is what the program prints, its examples are
right, and `help` knows every key."""

import pathlib
import re
import unittest

from house import Story

SCHEMA = pathlib.Path(__file__).parents[2] / "schema"


class TheReference(Story):
    def setUp(self):
        super().setUp()
        self.text = self.bursar("schema", "--markdown").stdout

    def test_the_committed_one_is_what_the_program_prints(self):
        self.assertEqual((SCHEMA / "campaign.md").read_text(), self.text)

    def test_its_example_is_a_right_campaign(self):
        example = re.search(r"```yaml\n(campaign:.*?steps:.*?)```", self.text, re.S).group(1)
        for folder in ("data", "messages"):
            (self.folder / folder).mkdir()
        self.write("c.yaml", example)
        self.write("data/scores.csv", "worker_id,score,bonus_usd\nA1,19,1.50\n")
        self.write("data/exclude.csv", "WorkerId\nA2\n")
        self.write("messages/thanks.txt", "Thank you.\n")
        self.assert_ends(self.bursar("check", "c.yaml"), 0)

    def test_help_tells_of_every_key(self):
        keys = set(re.findall(r"^### `(.+)`$", self.text, re.M))
        self.assertGreater(len(keys), 50)
        for key in sorted(keys):
            with self.subTest(key):
                told = self.assert_ends(self.bursar("help", key), 0).stdout
                self.assertIn(f"{key}, ", told)
                self.assertIn("Takes ", told)

    def test_a_misspelt_key_is_told_what_was_meant(self):
        for asked, meant in (("ammount", "amount"), ("exclude", "except"), ("balence", "balance")):
            with self.subTest(asked):
                told = self.assert_ends(self.bursar("help", asked), 64).stderr
                self.assertIn(f"did you mean '{meant}'?", told)


if __name__ == "__main__":
    unittest.main()
