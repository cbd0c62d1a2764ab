"""docs/coming-from.md: each campaign is a right one, each command and option exists, and the script
does what the campaign does, so that one can take over from the other."""

import pathlib
import re
import subprocess
import sys
import unittest

from house import Story

ROOT = pathlib.Path(__file__).parents[2]
PAGE = (ROOT / "docs/coming-from.md").read_text()
TUTORIAL = (ROOT / "docs/tutorial.md").read_text()

# What the campaigns of the page read.
FILES = {
    "hits.txt": "3BESTJOKE\n",
    "bonuses.csv": "WorkerId,bonus,reason\nA1ANA,1.50,Thank you\n",
    "invited.csv": "WorkerId\nA1ANA\n",
    "results.csv": "HITId,AssignmentId,WorkerId,AssignmentStatus\n3BESTJOKE,3JOKE1,A1ANA,Approved\n",
}


def blocks(kind, page=PAGE):
    return re.findall(rf"(?ms)^```{kind}\n(.*?)^```$", page)


class ComingFrom(Story):
    def setUp(self):
        super().setUp()
        for name, text in FILES.items():
            self.write(name, text)

    def test_every_campaign_is_a_right_one(self):
        campaigns = blocks("yaml")
        self.assertGreater(len(campaigns), 4)
        for text in campaigns:
            self.write("c.yaml", text)
            with self.subTest(text.split("\n")[0]):
                self.assert_ends(self.bursar("check", "c.yaml"), 0)

    def test_every_command_exists_and_takes_its_options(self):
        commands = re.findall(r"`bursar (\w+)([^`]*)`", PAGE)
        self.assertGreater(len(commands), 15)
        for command, words in commands:
            told = self.assert_ends(self.bursar("help", command), 0).stdout
            for option in re.findall(r"--[\w-]+", words):
                self.assertRegex(told, rf"(?m)^  (-\w, )?{option}\b", command)

    def test_every_key_exists(self):
        keys = set(re.findall(r"`(\w+): (?:\{|true)", PAGE))
        self.assertGreater(len(keys), 4)
        for key in sorted(keys):
            self.assert_ends(self.bursar("help", key), 0)


class TheScript(Story):
    def setUp(self):
        super().setUp()
        try:
            __import__("boto3")
        except ImportError:
            self.skipTest("boto3 is not installed")
        world = re.search(r"as `world.yaml`:\n\n```yaml\n(.*?)```", TUTORIAL, re.S).group(1)
        self.simulate(world)
        self.write("jokes.yaml", blocks("yaml")[0])

    def script(self):
        return subprocess.run(
            [sys.executable, "-c", blocks("python")[0]], env=self.environment, cwd=self.folder,
            capture_output=True, text=True, timeout=60,
        )

    def deeds(self):
        """What the marketplace's book holds, whoever asked for it."""
        return sorted(
            (line["kind"], line["worker"], line.get("words", "").strip(), line.get("value"))
            for line in self.book()
            if line["kind"] != "opening"
        )

    def test_does_what_the_campaign_does(self):
        self.assert_ends(self.script(), 0)
        by_script = self.deeds()
        world = (self.folder / "world.yaml").read_text()
        self.simulate(world)
        self.assert_ends(self.run_campaign(name="jokes.yaml"), 0)
        self.assertEqual(self.deeds(), by_script)
        self.assertGreater(len(by_script), 18)

    def test_what_it_paid_is_not_paid_again(self):
        self.assert_ends(self.script(), 0)
        before = len(self.book("bonus"))
        said = self.assert_ends(self.run_campaign(name="jokes.yaml"), 4)
        self.assertEqual(len(self.book("bonus")), before)
        self.assertEqual(len(self.book("message")), before)
        self.assert_says(said, "resolve")
        self.assert_ends(self.bursar("resolve", "--done", "notify", "jokes.yaml"), 0)
        self.assert_ends(self.run_campaign(name="jokes.yaml"), 0)
        self.assertEqual(len(self.book("message")), before)


if __name__ == "__main__":
    unittest.main()
