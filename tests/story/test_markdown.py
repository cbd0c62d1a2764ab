"""A plan for a pull request: everything that is to be agreed to, and nobody's name."""

import json
import re
import unittest

from golden import Words
from house import TASK, assignment, campaign, hit, worker, world

STEPS = """
- bonus: { amount: 1.00, message: Thanks }
- notify: { subject: Your bonus, message: We paid you }
"""
NASTY = "a | b \\\\| `c` ``d`` <b>e</b> @ana #12 GH-7 ![x](http://example.org) *f* _g_"
MANY = """
- id: step-1
  bonus: { amount: 1.00, message: Thanks }
- id: step-2
  bonus: { amount: 2.00, message: Thanks }
"""


def without_code(markdown):
    """What is left when fenced blocks and code spans are taken out, as GitHub reads them."""
    rest, fence = [], None
    for line in markdown.splitlines():
        ticks = re.match(r"`{3,}", line)
        if fence:
            fence = None if line == fence else fence
        elif ticks:
            fence = ticks[0]
        else:
            line = re.sub("^#+ ", "", line)  # our own headings
            rest.append(re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", line))
    return "\n".join(rest)


class Markdown(Words):
    def begin(self, world_text, steps=STEPS, head="", **options):
        self.simulate(world_text, **options)
        self.write("c.yaml", campaign(steps, head=head))

    def markdown(self, *options, code=0):
        return self.assert_ends(self.bursar("plan", "--markdown", *options, "c.yaml"), code).stdout

    def assert_names_nobody(self, text):
        self.assertNotRegex(text, "A1WORKER|3ASSIGNMENT")

    def assert_calls_nobody(self, text):
        self.assertNotRegex(without_code(text), r"[@<\[\]\\#_]|GH-|://")


class APlan(Markdown):
    def test_it_reads_like_this(self):
        self.begin(world(4), head="limits: { total: 450.00, per_worker: 5.00 }\n")
        self.assert_ends(self.run_campaign("--first", "1"), 0)
        self.assert_golden("markdown", self.bursar("plan", "--markdown", "c.yaml"))

    def test_its_figures_are_the_plans(self):
        self.begin(world(7), MANY)
        totals = self.plan()["totals"]
        text = self.markdown()
        self.assertIn(
            f"**{totals['do']} actions to do: {totals['amount']} in bonuses and {totals['fee']} in "
            f"fees, {totals['total']} USD.**",
            text,
        )
        self.assertIn(f"| Balance after the bonuses | {totals['balance_after']} |", text)
        self.assertIn("| `step-2` | bonus | 7 | – | – | – | – | 14.00 | 2.80 | 16.80 |", text)

    def test_nobody_is_named_unless_that_was_asked_for(self):
        self.begin(world(3))
        self.assert_names_nobody(self.markdown())
        text = self.markdown("--show-ids")
        self.assertIn(f"| `bonus` | `{worker(0)}` | `{assignment(0)}` | 1.00 | do | never-done |", text)
        self.assertIn(f"| `notify` | `{worker(2)}` | – | – | do | never-done |", text)

    def test_nobody_is_named_by_refusals_and_remarks_either(self):
        by_hand = f"bonuses:\n  - {{ assignment: {assignment(0)}, amount: 0.70, reason: x }}\n"
        self.begin(world(3, more=by_hand), head="expect: { workers: 9 }\n")
        text = self.markdown(code=5)
        self.assertIn("### A run would be refused", text)
        self.assertIn("(exit 5)", text)
        self.assertIn("bonus: 1 perhaps paid already", text)
        self.assert_names_nobody(text)

    def test_what_it_is_made_of_is_told(self):
        self.write("words.txt", "Hello")
        self.begin(world(2), "- notify: { subject: Hello, message_file: words.txt }")
        self.assert_ends(self.bursar("plan", "-o", "p.json", "c.yaml"), 0)
        inputs = json.loads((self.folder / "p.json").read_text())["inputs"]
        text = self.markdown()
        for path, digest in inputs.items():
            self.assertIn(f"| `{path}` | `{digest[7:19]}` |", text)
        self.assertIn("| `c.simulator.journal.jsonl` | begins with the first run |", text)

    def test_it_may_be_saved_at_the_same_time(self):
        self.begin(world(2))
        self.assertIn("## Plan of `joke`", self.markdown("-o", "p.json"))
        self.assert_ends(self.bursar("run", "p.json"), 0)

    def test_it_exits_as_a_plan_does(self):
        self.begin(world(2))
        self.markdown("--detailed-exitcode", code=2)
        self.markdown("--json", code=64)
        self.markdown("--worker", worker(0), code=64)
        self.assert_ends(self.bursar("run", "--markdown", "c.yaml"), 64)

    def test_a_comment_has_an_end(self):
        more = "".join(hit(f"3TASK{i:05}", []) for i in range(60))
        tasks = ", ".join([TASK] + [f"3TASK{i:05}" for i in range(60)])
        self.simulate(world(250, more=more))
        self.write("c.yaml", campaign(STEPS, hits=tasks))
        text = self.markdown("--show-ids")
        self.assertIn("… and 11 more", text)
        self.assertIn("… and 300 more", text)
        self.assertLess(len(text), 65536)


class Amounts(Markdown):
    def test_of_a_step_with_one_amount(self):
        self.begin(world(4))
        text = self.markdown()
        self.assertIn("4 bonuses: least 1.00, median 1.00, mean 1.00, most 1.00", text)
        self.assertRegex(text, r"(?m)^ +1\.00 +4 █{40}$")


    def test_by_a_column_and_words_as_they_are_written(self):
        rows = "".join(f"{worker(i)},{1 + i // 10}.{i % 10}0,{1000 + i}\n" for i in range(30))
        self.write("scores.csv", "WorkerId,usd,score\n" + rows)
        head = "data: { scores: { csv: scores.csv, match: { worker: WorkerId } } }\n"
        steps = """
- bonus:
    amount: ${{ scores.usd }}
    message: You scored ${{scores.score}}
"""
        self.begin(world(30), steps, head)
        text = self.markdown()
        self.assertIn("### Amounts of `bonus`, by `${{ scores.usd }}`", text)
        self.assertIn("30 bonuses: least 1.00, median 2.45, mean 2.45, most 3.90", text)
        self.assertRegex(text, r"(?m)^ +1\.00 to 1\.49 +5 █{40}$")
        self.assertIn("\n```text\nYou scored ${{ scores.score }}\n```\n", text)
        self.assertNotRegex(text, "scored 10")
        self.assert_names_nobody(text)
        self.assertIn(
            "The longest, as it will be read:\n\n```text\nYou scored 1000\n",
            self.markdown("--show-ids"),
        )


class FromOutside(Markdown):
    def test_a_title_can_neither_break_out_nor_call_anybody(self):
        self.begin(world(2).replace("title: Tell us a joke", f"title: '{NASTY}'"))
        text = self.markdown()
        row = next(line for line in text.splitlines() if line.startswith(f"| `{TASK}`"))
        self.assertEqual(len(re.findall(r"(?<!\\)\|", row)), 6)
        self.assertIn("```a \\| b", row)
        self.assert_calls_nobody(text)

    def test_words_stay_within_their_block(self):
        words = "We paid you\n```\n@ana\n````\n## Agreed\n~~~\n<img src=x>"
        self.write("words.txt", words)
        self.begin(world(2), "- notify: { subject: '#1', message_file: words.txt }")
        text = self.markdown()
        self.assertIn(f"\n`````text\n#1\n\n{words}\n`````\n", text)
        self.assert_calls_nobody(text)

    def test_what_is_unseen_is_seen(self):
        self.write("words.txt", "We paid\u202e you\u200b")
        self.begin(world(2), "- notify: { subject: Hello, message_file: words.txt }")
        self.assertIn("We paid\\u{202e} you\\u{200b}", self.markdown())


if __name__ == "__main__":
    unittest.main()
