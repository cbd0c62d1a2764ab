"""What an editor makes of the schema: the YAML language server that editors use, asked as they ask
it. `./setup editor` fetches it into build/editor; without it, or without node, the test is left out
(BURSAR_FETCH=1 fetches it now)."""

import pathlib
import re
import unittest

from editor import ROOT, Editor, absent

CAMPAIGNS = ROOT / "campaigns"
GOOD = pathlib.Path(__file__).parent / "good"
HEAD = (
    "# yaml-language-server: $schema=../schema/campaign.schema.json\n"
    "campaign: joke\n"
    "hits: [3PR3LXCWSF67WOX6Y5S8EXAMPLE1]\n"
)
VERBS = {"approve", "reject", "qualify", "unqualify", "bonus", "notify", "block", "unblock"}


class AnEditor(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        why = absent()
        if why:
            raise unittest.SkipTest(why)
        cls.editor = Editor()
        cls.addClassCleanup(cls.editor.close)

    def opened(self, text):
        """The text without its '@', its place, and what is wrong with it."""
        before = text.partition("@")[0]
        line = before.count("\n")
        uri, problems = self.editor.open(CAMPAIGNS, text.replace("@", ""))
        return uri, (line, len(before) - before.rfind("\n") - 1), problems

    def hover(self, text):
        """What is shown over the word behind the '@'."""
        uri, place, _ = self.opened(text)
        return self.editor.at("hover", uri, *place)["contents"]["value"]

    def proposals(self, text):
        """What is proposed at the '@': each label with its item."""
        uri, place, _ = self.opened(text)
        answer = self.editor.at("completion", uri, *place)
        items = answer["items"] if isinstance(answer, dict) else answer
        return {item["label"]: item for item in items}

    def problems(self, text):
        return [(one["range"]["start"]["line"], one["message"]) for one in self.opened(text)[2]]

    def words(self, item):
        said = item.get("documentation", "")
        return said["value"] if isinstance(said, dict) else said

    def test_nothing_is_wrong_with_our_own_campaigns(self):
        files = [path for path in CAMPAIGNS.glob("*.yaml") if ".world." not in path.name]
        self.assertGreaterEqual(len(files), 6)
        modeline = "# yaml-language-server: $schema=../schema/campaign.schema.json\n"
        for path in files + sorted(GOOD.glob("*.yaml")):
            with self.subTest(path.name):
                text = path.read_bytes().decode()
                if path.parent == CAMPAIGNS:
                    self.assertIn(modeline, text)
                else:
                    text = modeline + text
                self.assertEqual(self.editor.open(CAMPAIGNS, text)[1], [])

    def test_hovering_explains_a_verb_with_an_example(self):
        shown = self.hover(HEAD + "steps:\n  - @bonus: { amount: 1.00, message: Thanks }\n")
        self.assertIn("Pays a bonus. Takes the keys amount, message and per.", shown)
        self.assertIn('bonus: { amount: 1.00, message: "Thank you!" }', shown)

    def test_hovering_explains_a_key_and_shows_what_it_takes(self):
        shown = self.hover(HEAD + "steps:\n  - bonus: { @amount: 1.00, message: Thanks }\n")
        self.assertIn("#### amount", shown)
        self.assertIn("The marketplace's fee comes on top.", shown)
        self.assertIn("Takes dollars with at most two decimals.", shown)
        self.assertIn("0.75", shown)
        shown = self.hover(HEAD + "@environment: sandbox\nsteps: [approve]\n")
        self.assertIn("production moves real money", shown)

    def test_a_step_begins_with_a_verb(self):
        offered = self.proposals(HEAD + "steps:\n  - @\n")
        self.assertLessEqual(VERBS | {"id", "where", "needs"}, set(offered))
        for verb in VERBS:
            self.assertRegex(self.words(offered[verb]), r"^[A-Z].+ Takes ", verb)
        self.assertRegex(offered["bonus"]["insertText"], r"amount: .*\n +message: ")

    def test_within_a_verb_its_keys_are_offered_with_what_they_are_for(self):
        offered = self.proposals(HEAD + "steps:\n  - bonus:\n      amount: 1.00\n      @\n")
        self.assertLessEqual({"message", "per"}, set(offered))
        self.assertNotIn("amount", offered, "it stands there already")
        self.assertNotIn("subject", offered, "that is notify's")
        self.assertIn("the worker reads it", self.words(offered["message"]))
        self.assertFalse([label for label in offered if "object" in label], "no one can read that")

    def test_values_are_offered(self):
        for text, labels in (
            ("environment: @\nsteps: [approve]\n", {"production", "sandbox"}),
            ("steps:\n  - bonus:\n      per: @\n", {"assignment", "worker"}),
            ("where:\n  status: @\nsteps: [approve]\n",
             {"Submitted", "Approved", "Rejected", "[Submitted, Approved]"}),
            ("where:\n  except: @\nsteps: [approve]\n",
             {"[A1EXAMPLEWORKER]", "{ file: exclude.txt }"}),
        ):
            with self.subTest(text):
                self.assertLessEqual(labels, set(self.proposals(HEAD + text)))

    def test_a_table_is_put_in_whole(self):
        offered = self.proposals(HEAD + "@\nsteps: [approve]\n")
        self.assertEqual(
            re.sub(r"\s+", " ", offered["data"]["insertText"]),
            "data: scores: csv: data/scores.csv match: worker: worker_id")

    def test_a_misspelt_key_is_marked_where_it_stands(self):
        said = self.problems(HEAD + "steps:\n  - bonsu: { amount: 1.00, message: Thanks }\n")
        self.assertIn((4, "Property bonsu is not allowed."), said)
        said = self.problems(HEAD + "steps:\n  - bonus:\n      amuont: 1.00\n      message: Hi\n")
        self.assertIn((5, "Property amuont is not allowed."), said)
        said = self.problems(HEAD + "step: [approve]\n")
        self.assertIn((3, "Property step is not allowed."), said)

    def test_a_value_that_is_wrong_is_marked_in_our_words(self):
        said = self.problems(HEAD + "steps:\n  - bonus: { amount: a lot, message: Thanks }\n")
        self.assertEqual(
            said, [(4, "'amount' takes dollars with at most two decimals, such as 0.75")])


if __name__ == "__main__":
    unittest.main()
