"""Reports of simulated runs: their figures are the journal's to the cent, they name nobody, and a
browser shows them without asking anything of anybody."""

import collections
import csv
import datetime
import html
import io
import json
import os
import re
import shutil
import stat
import subprocess
import unittest

from golden import Words
from house import QUALIFICATION, assignment, campaign, faults, hit, worker, world

JOURNAL = "c.simulator.journal.jsonl"
STEPS = f"""
- approve: {{}}
- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}
- id: score-bonus
  bonus: {{ amount: "${{{{ scores.usd }}}}", message: "You scored ${{{{ scores.score }}}}" }}
- id: told
  notify: {{ subject: Your bonus, message: We paid you }}
- id: thanked
  notify: {{ subject: Thanks, message: Once more }}
"""
HEAD = """labels: { grant: R01-12345, protocol: IRB-2026-14 }
data: { scores: { csv: scores.csv, match: { worker: WorkerId } } }
"""
PAY = "- bonus: { amount: 1.00, message: Thanks }"
HOSTILE = f"No bonus for {worker(1)}, {assignment(1)}: <script>alert(1)</script> =1+1"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def dollars(cents):
    return f"{cents // 100}.{cents % 100:02}"


def text_of(page):
    """What a person reads: a line for each block or row, cells apart by two blanks."""
    page = re.sub(r"(?s)<(style|svg|title)\b.*?</\1>|<!.*?>", "", page)
    page = re.sub(r"</(td|th)>", "  ", page)
    page = re.sub(r"</(tr|p|h1|h2|h3|dd|dt|pre|caption)>", "\n", page)
    lines = html.unescape(re.sub(r"<[^>]*>", "", page)).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def rows_of(page, caption):
    """A table's rows as lists of texts."""
    table = re.search(rf"(?s)<caption>{re.escape(caption)}.*?</table>", page)[0]
    rows = re.findall(r"(?s)<tr[^>]*>(.*?)</tr>", table)
    cells = [re.findall(r"(?s)<t[dh][^>]*>(.*?)</t[dh]>", row) for row in rows]
    return [[html.unescape(re.sub("<[^>]*>", "", cell)) for cell in row] for row in cells]


class Reports(Words):
    def begin(self, count=5, steps=PAY, head="", more="", rows=(), **of_world):
        self.simulate(world(count, more=more, **of_world), faults=faults(*rows))
        self.write("c.yaml", campaign(steps, head=head))

    def hard_day(self, count=30, by_hand=""):
        """Refusals, lost answers, throttled calls."""
        scores = "".join(f"{worker(i)},{1 + i // 10}.{i % 10}1,{i}\n" for i in range(count))
        self.write("scores.csv", "WorkerId,usd,score\n" + scores)
        self.begin(
            count,
            STEPS,
            HEAD,
            f"unreachable: [{worker(4)}]\n{by_hand}",
            (
                "fault: throttle, operation: SendBonus, probability: 0.2",
                f"fault: refuse, operation: SendBonus, worker: {worker(1)}, turk_code: "
                f"AWS.MechanicalTurk.InvalidParameterValue, message: '{HOSTILE}'",
                "fault: hang-up-after, operation: SendBonus, after: 9, count: 2",
                "fault: hang-up-after, operation: NotifyWorkers, after: 1",
            ),
            status="Submitted",
        )
        self.run_campaign("--first", "20")
        self.run_campaign()

    def hard_day_by_two(self):
        """One bonus was paid by somebody else, which withholds the messages."""
        self.hard_day(
            by_hand=f"bonuses:\n  - {{ assignment: {assignment(3)}, amount: 1.31, "
            "reason: You scored 3, at: 2025-12-31T23:59:59Z }\n"
        )

    def report(self, *arguments, name="c.yaml", code=0, **environment):
        answer = self.bursar("report", "-o", "r.html", *arguments, name, **environment)
        self.assert_ends(answer, code)
        return (self.folder / "r.html").read_text()

    def table(self, *arguments, name="c.yaml"):
        answer = self.assert_ends(self.bursar("report", "--csv", *arguments, name), 0)
        return list(csv.DictReader(io.StringIO(answer.stdout)))

    def spent_by_journal(self):
        """Cents by step, from the journal's own records."""
        intents, spent = {}, collections.Counter()
        for record in self.journal():
            if record["kind"] in ("intend", "adopt"):
                intents.setdefault(record["key"], record)
            if record["kind"] in ("done", "adopt"):
                intent = intents[record["key"]]
                spent[intent["step"]] += intent.get("cents", 0) + intent.get("fee_cents", 0)
        return spent

    def assert_names_nobody(self, text):
        self.assertNotRegex(text, r"A1WORKER|3ASSIGNMENT")


class OneDay(Reports):
    """The day on which the list says that a bonus was granted, whoever asks, and after erasures."""

    def test_an_erasure_moves_no_payment_into_another_year(self):
        paid = "{ assignment: %s, amount: 1.00, reason: Thanks, at: 2025-12-31T23:59:59Z }"
        self.begin(2, more=f"bonuses:\n  - {paid % assignment(1)}\n")
        self.run_campaign()
        says = self.bursar("status", "--worker", worker(1), "c.yaml").stdout
        self.assertIn("granted on 2025-12-31 23:59:59 UTC", " ".join(says.split()))
        days = rows_of(self.report(), "Days with payments")[1:]
        self.assertEqual([days[0][0], len(days)], ["2025-12-31", 3])
        shown = json.loads(self.bursar("status", "--json", "--worker", worker(1), "c.yaml").stdout)["deeds"][0]["at"]
        self.assertEqual(shown, "2025-12-31T23:59:59Z")
        erase = self.bursar("journal", "erase", "--yes", "--worker", worker(1), "c.yaml")
        self.assert_ends(erase, 0)
        self.assertEqual(rows_of(self.report(), "Days with payments")[1:], days)
        self.assertIn("2025-12-31T23:59:59Z", [row["When"] for row in self.table()])

    def test_also_where_another_journal_of_the_campaign_is_joined(self):
        paid = "{ assignment: %s, amount: 1.00, reason: Thanks, at: 2025-12-31T23:59:59Z }"
        self.begin(1, more=f"bonuses:\n  - {paid % assignment(0)}\n")
        self.run_campaign()
        (self.folder / "else").mkdir()
        (self.folder / JOURNAL).rename(self.folder / "else/theirs.jsonl")
        self.forget_copies()
        more = hit("3OTHERTASK", [(assignment(7), worker(7), "2026-11-20T11:00:00Z")])
        self.simulate(world(0) + more)
        self.write("c.yaml", campaign(PAY, hits="3OTHERTASK"))
        self.assert_ends(self.run_campaign(), 0)
        self.assert_ends(self.bursar("journal", "merge", "c.yaml", "else/theirs.jsonl"), 0)
        self.assertIn("2025-12-31T23:59:59Z", [row["When"] for row in self.table()])


class Killed(Reports):
    def test_a_run_without_an_end_tells_what_is_written_down(self):
        self.begin(30, rows=("fault: latency, ms: 100",))
        run = self.start("run", "--yes", "--concurrency", "1", "c.yaml")
        self.wait_for(lambda: self.has_journal() and self.done_lines() >= 3, "some payments")
        run.kill()
        run.communicate()
        done = self.done_lines()
        (row,) = rows_of(self.report(), "Runs, money")[1:]
        self.assertEqual(row[4], str(done))
        self.assertEqual(row[2], "stopped without an end")

    def done_lines(self):
        return (self.folder / JOURNAL).read_text().count('"kind":"done"')


class Figures(Reports):
    def test_they_are_the_journals_and_statuss_to_the_cent(self):
        self.hard_day()
        page, spent, status = self.report(), self.spent_by_journal(), self.status()
        self.assertGreater(sum(spent.values()), 5000)
        self.assertEqual(status["total"], dollars(sum(spent.values())))
        self.assertIn(f"<dt>Spent</dt>\n<dd>{status['total']} USD</dd>", page)
        for row in rows_of(page, "Steps, in USD")[1:-1]:
            self.assertEqual(row[8].replace("–", "0.00"), dollars(spent[row[0]]), row)
            (step,) = [step for step in status["steps"] if step["step"] == row[0]]
            counts = [int(cell.replace("–", "0")) for cell in row[2:6]]
            self.assertEqual(counts, [step[name] for name in ("done", "refused", "unknown", "pending")])
            self.assertEqual([cell.replace("–", "0.00") for cell in row[6:8]], [step["amount"], step["fee"]])
        days = rows_of(page, "Days with payments, in USD")
        self.assertEqual(days[-1][-1], status["total"])

    def test_the_table_adds_up_to_the_same(self):
        self.hard_day_by_two()
        rows = self.table()
        cents = sum(round(100 * float(row["Spent"])) for row in rows)
        self.assertEqual(dollars(cents), self.status()["total"])
        keys = {record["key"] for record in self.journal() if record["kind"] in ("intend", "adopt")}
        self.assertEqual(len(rows), len(keys))

    def test_the_book_of_the_marketplace_has_them_too(self):
        self.begin(7)
        self.assert_ends(self.run_campaign(), 0)
        self.assertIn(f"<dd>{dollars(self.spent())} USD</dd>", self.report())

    def test_balances_stand_around_a_run(self):
        self.begin(5, balance="100.00")
        self.run_campaign()
        (run,) = rows_of(self.report(), "Runs, money in USD")[1:]
        self.assertEqual(run[8:], ["100.00", "6.00", "94.00"])

    def test_a_bonus_paid_by_hand_belongs_to_its_own_year(self):
        self.hard_day_by_two()
        years = rows_of(self.report("--show-ids"), "Each person, by year")
        (old,) = [row for row in years if row[1] == "2025"]
        self.assertEqual(old, [worker(3), "2025", "simulator", "1", "–", "–", "1.31", "1.31", "–"])
        days = rows_of(self.report(), "Days with payments, in USD")
        self.assertEqual(days[1][0], "2025-12-31")

    def test_persons_and_years_add_up(self):
        self.hard_day()
        years = rows_of(self.report(), "Each person, by year")[1:]
        got = sum(round(100 * float(row[7])) for row in years)
        amounts = sum(round(100 * float(step["amount"])) for step in self.status()["steps"])
        self.assertEqual(got, amounts)


class Days(Reports):
    def setUp(self):
        super().setUp()
        self.begin(3)
        self.run_campaign()
        stamp = [record["at"] for record in self.journal() if record["kind"] == "done"][0]
        self.day = datetime.date.fromisoformat(stamp[:10])

    def rows(self, *arguments):
        return len(self.table(*arguments))

    def test_both_ends_are_included(self):
        day, before, after = (self.day + datetime.timedelta(days=days) for days in (0, -1, 1))
        self.assertEqual(self.rows("--from", day), 3)
        self.assertEqual(self.rows("--to", day), 3)
        self.assertEqual(self.rows("--from", day, "--to", day), 3)
        self.assertEqual(self.rows("--to", before), 0)
        self.assertEqual(self.rows("--from", after), 0)

    def test_the_page_says_which_and_what_was_left_out(self):
        before = self.day - datetime.timedelta(days=1)
        page = text_of(self.report("--to", before))
        self.assertIn(f"from the beginning to {before}, both included", page)
        self.assertIn("3 actions of other days are left out.", page)
        self.assertIn("Nothing was done on these days.", page)
        self.assertIn("Nobody was paid.", page)

    def test_what_is_no_day_is_refused(self):
        for words in (["--from", "yesterday"], ["--to", "2026-13-01"], ["--from", "2026-11-01T00:00:00Z"],
                      ["--from", "2026-11-02", "--to", "2026-11-01"]):
            self.assert_ends(self.bursar("report", "--csv", *words, "c.yaml"), 64)


class People(Reports):
    def test_nobody_is_named_unless_that_was_asked_for(self):
        self.hard_day()
        page = self.report()
        self.assert_names_nobody(page)
        self.assertIn("made from their worker IDs under a random key", page)
        shown = self.report("--show-ids")
        self.assertIn(worker(7), shown)
        self.assertIn("it is personal data", shown)

    def test_neither_does_the_table(self):
        self.hard_day()
        self.assert_names_nobody(self.bursar("report", "--csv", "c.yaml").stdout)
        rows = self.table("--show-ids")
        self.assertEqual({row["WorkerId"] for row in rows}, {worker(i) for i in range(30)})
        names = {(row["WorkerId"], row["Person"]) for row in rows}
        self.assertEqual(len(names), 30)
        page = self.report()
        for _, name in names:
            self.assertIn(name, page)

    def test_one_person_has_one_name_on_one_machine(self):
        self.begin(3)
        self.run_campaign()
        here, again = self.table(), self.table()
        self.assertEqual(here, again)
        there = self.assert_ends(
            self.bursar("report", "--csv", "c.yaml", XDG_STATE_HOME=str(self.folder / "other")), 0
        )
        others = {row["Person"] for row in csv.DictReader(io.StringIO(there.stdout))}
        self.assertFalse(others & {row["Person"] for row in here})

    def test_page_and_key_are_the_owners(self):
        self.begin(1)
        self.run_campaign()
        self.report()
        for path in ("r.html", "state/bursar/report-names.key"):
            self.assertEqual(stat.S_IMODE((self.folder / path).stat().st_mode), 0o600, path)

    def test_a_key_that_is_none_stops_it(self):
        self.begin(1)
        self.run_campaign()
        self.write("state/bursar/report-names.key", "secret\n")
        answer = self.assert_ends(self.bursar("report", "-o", "r.html", "c.yaml"), 1)
        self.assert_says(answer, "holds no key")
        self.assertFalse((self.folder / "r.html").exists())

    def test_the_erased_are_counted_and_are_nobody(self):
        self.begin(3)
        self.run_campaign()
        path = self.folder / JOURNAL
        lines = [
            re.sub(r'"person":\{.*?\},(?="person_sum")', "", line) if worker(1) in line else line
            for line in path.read_text().splitlines(keepends=True)
        ]
        path.write_text("".join(lines))
        self.forget_copies()
        page = self.report("--show-ids")
        self.assertNotIn(worker(1), page)
        self.assertIn("<dd>3.60 USD</dd>", page)
        years = rows_of(page, "Each person, by year")
        self.assertIn("erased, together", [row[0] for row in years])
        self.assertIn("to 2 people and some who were erased", text_of(page))
        self.assertEqual([row["Person"] for row in self.table()].count("erased"), 1)


class FromOutside(Reports):
    def test_what_others_wrote_is_text(self):
        self.hard_day()
        page = self.report()
        self.assertNotIn("<script", page)
        self.assertIn("No bonus for …, …: &lt;script&gt;alert(1)&lt;/script&gt; =1+1", page)

    def test_nothing_is_loaded_from_anywhere(self):
        self.hard_day()
        page = self.report()
        self.assertIn("default-src 'none'; style-src 'sha256-", page)
        self.assertNotRegex(page, r"(?i)(src|href|action|data|poster|xlink:href)\s*=\s*[\"']?\s*(https?:|//)")
        self.assertNotRegex(page, r"(?i)@import|url\((?!#)|<(script|iframe|object|embed|link|img|form)\b| on\w+=")

    def test_labels_and_names_are_text(self):
        self.begin(1, head="labels: { grant: '\"><img src=x onerror=alert(1)>' }\n")
        self.run_campaign()
        page = self.report()
        self.assertNotIn("<img", page)
        self.assertIn("grant: &quot;&gt;&lt;img src=x onerror=alert(1)&gt;", page)


class WhatIsLeft(Reports):
    def test_the_commands_are_those_of_status(self):
        self.hard_day()
        page = self.report()
        commands = [html.unescape(text) for text in re.findall("<pre>(.*?)</pre>", page)]
        status = self.bursar("status", "c.yaml").stderr
        said = [line.strip() for line in status.splitlines() if line.startswith("    bursar ")]
        self.assertEqual(set(commands), set(said))
        self.assertIn("bursar resolve --done told c.yaml", commands)
        self.assertIn("If none of several has it", text_of(page), "one may be out of reach")

    def test_they_decide_it(self):
        self.hard_day()
        for command in re.findall("<pre>(bursar resolve --(?:done|waive) .*?)</pre>", self.report()):
            self.assertIn(self.bursar(*command.split()[1:]).returncode, (0, 3, 4))
        page = self.report()
        self.assertNotIn("Unknown: sent, and no telling", page)
        self.assertIn("(accepted)", page)
        self.assertRegex(text_of(page), r"said of \d+ actions: done")

    def test_the_timeline_shows_what_was_tried_again(self):
        self.hard_day()
        heads = rows_of(self.report(), "The same in numbers")[0]
        for kind in ("begun", "done", "refused", "tried again", "unknown", "looked for"):
            self.assertIn(kind, heads)

    def test_a_run_without_an_end_is_said(self):
        self.begin(40, rows=("fault: latency, ms: 40",))
        run = self.start("run", "--yes", "--concurrency", "2", "c.yaml")
        path = self.folder / JOURNAL
        self.wait_for(lambda: path.exists() and '"kind":"done"' in path.read_text(), "a payment")
        run.kill()
        run.communicate()
        page = text_of(self.report())
        self.assertIn("stopped without an end", page)
        self.assertIn("Before anything is sent again the marketplace is asked", page)


class Several(Reports):
    def setUp(self):
        super().setUp()
        other = "3PR3LXCWSF67WOX6Y5S8EXAMPLE2"
        self.begin(3, more=hit(other, [("3B1", worker(0), "2026-11-20T11:00:00Z")]))
        self.write("d.yaml", campaign(PAY.replace("1.00", "0.50"), name="second", hits=other))
        self.run_campaign()
        self.run_campaign(name="d.yaml")

    def test_they_are_told_apart_and_together(self):
        page = self.report("c.yaml", "d.yaml", name="d.simulator.journal.jsonl")
        rows = rows_of(page, "Campaigns")
        self.assertEqual([row[0] for row in rows[1:]], ["joke", "second", "Together"])
        self.assertEqual([row[5] for row in rows[1:]], ["3.60", "0.60", "4.20"])
        years = rows_of(page, "Each person, by year")[1:]
        self.assertEqual([row[7] for row in years], ["1.50", "1.00", "1.00"])

    def test_a_folder_is_all_of_its_journals(self):
        rows = rows_of(self.report(name="."), "Campaigns")
        self.assertEqual(len(rows), 4)

    def test_a_copy_is_not_counted_twice(self):
        (self.folder / "copy").mkdir()
        shutil.copy(self.folder / JOURNAL, self.folder / "copy" / JOURNAL)
        answer = self.bursar("report", "-o", "r.html", "c.yaml", f"copy/{JOURNAL}")
        self.assert_ends(answer, 64)
        self.assert_says(answer, "tell of one history")
        self.assertFalse((self.folder / "r.html").exists())

    def test_a_redacted_copy_is_not_counted_beside_its_journal(self):
        self.assert_ends(self.bursar("journal", "redact", "-o", "pub.journal.jsonl", "c.yaml"), 0)
        answer = self.assert_ends(self.bursar("report", "-o", "r.html", "c.yaml", "pub.journal.jsonl"), 64)
        self.assert_says(answer, "is a redacted copy")
        self.assert_ends(self.bursar("report", "-o", "r.html", "pub.journal.jsonl"), 0)

    def test_one_that_was_not_run_says_so(self):
        self.write("e.yaml", campaign(PAY, name="third"))
        answer = self.assert_ends(self.bursar("report", "-o", "r.html", "c.yaml", "e.yaml"), 0)
        self.assert_says(answer, "there is no journal e.simulator.journal.jsonl yet")
        self.assertIn("no journal yet: nothing was run", (self.folder / "r.html").read_text())
        before = (self.folder / "r.html").read_bytes()
        answer = self.assert_ends(self.bursar("report", "-o", "r.html", "e.yaml"), 64)
        self.assert_says(answer, "there is no journal to report on: nothing was written")
        self.write("scores.csv", "WorkerId\n")
        answer = self.assert_ends(self.bursar("report", "-o", "r.html", "scores.csv"), 64)
        self.assert_says(answer, "bursar check scores.csv")
        self.assertEqual((self.folder / "r.html").read_bytes(), before)

    def test_a_bonus_that_two_campaigns_count_is_paid_once(self):
        self.write("again.yaml", campaign(PAY, name="again"))
        self.assert_ends(self.run_campaign(name="again.yaml"), 0)
        for names in (("c.yaml", "again.yaml"), ("again.yaml", "c.yaml")):
            page = self.report(names[0], name=names[1])
            (together,) = [row for row in rows_of(page, "Campaigns") if row[0] == "Together"]
            self.assertEqual((together[2], together[5]), ("3.00", "3.60"))
            self.assertIn("Payments of 3.60 are told by several of these journals", text_of(page))
            years = rows_of(page, "Each person, by year")[1:]
            self.assertEqual([row[7] for row in years], ["1.00"] * 3)
            spent = [row["Spent"] for row in self.table(names[0], name=names[1])]
            self.assertEqual(sorted(spent), ["0.00"] * 3 + ["1.20"] * 3)

    def test_nor_when_three_do(self):
        names = ["c.yaml"]
        for name in ("two", "three"):
            self.write(f"{name}.yaml", campaign(f"- approve: {{}}\n{PAY}", name=name))
            self.assert_ends(self.run_campaign(name=f"{name}.yaml"), 0)
            names.append(f"{name}.yaml")
        for order in (names, names[::-1], [names[1], names[0], names[2]]):
            page = self.report(*order[:-1], name=order[-1])
            (together,) = [row for row in rows_of(page, "Campaigns") if row[0] == "Together"]
            self.assertEqual(together[2], "3.00")
            got = [row[7] for row in rows_of(page, "Each person, by year")[1:]]
            self.assertEqual(len(set(got)), 1, got)
            spent = sum(round(float(row["Spent"]) * 100) for row in self.table(*order[:-1], name=order[-1]))
            self.assertEqual(round(float(together[5]) * 100), spent)

    def test_a_damaged_one_stops_it(self):
        path = self.folder / JOURNAL
        path.write_text(path.read_text().replace('"cents":100', '"cents":900', 1))
        answer = self.bursar("report", "-o", "r.html", "d.yaml", "c.yaml")
        self.assert_ends(answer, 74)
        self.assertFalse((self.folder / "r.html").exists())


class Where(Reports):
    def setUp(self):
        super().setUp()
        self.begin(1)
        self.run_campaign()

    def test_nothing_but_a_report_is_replaced(self):
        self.report()
        self.report()
        self.write("thesis.html", "<!doctype html><p>Mine")
        for output in ("c.yaml", JOURNAL, f"{JOURNAL}.lock", "thesis.html", "b.journal.jsonl"):
            before = (self.folder / output).read_bytes() if (self.folder / output).exists() else None
            self.assert_ends(self.bursar("report", "-o", output, "c.yaml"), 64)
            after = (self.folder / output).read_bytes() if (self.folder / output).exists() else None
            self.assertEqual(before, after, output)

    def test_it_must_be_said(self):
        answer = self.assert_ends(self.bursar("report", "c.yaml"), 64)
        self.assert_says(answer, "say where the page goes")
        self.assert_ends(self.bursar("report", "-o", "r.html", "missing.yaml"), 64)
        answer = self.assert_ends(self.bursar("report", "-o", "r.pdf", "c.yaml"), 64)
        self.assert_says(answer, "a browser prints the page to PDF")
        self.assert_ends(self.bursar("report", "--csv", "--journal", JOURNAL, "c.yaml", "d.yaml"), 64)

    def test_a_name_of_a_table_gets_the_table(self):
        printed = self.assert_ends(self.bursar("report", "--csv", "c.yaml"), 0).stdout
        for arguments in (["--csv", "-o", "r.csv"], ["-o", "r.csv"]):
            answer = self.assert_ends(self.bursar("report", *arguments, "c.yaml"), 0)
            self.assertEqual(answer.stdout, "")
            self.assert_says(answer, "r.csv: 1 action")
            with (self.folder / "r.csv").open(newline="") as file:
                self.assertEqual(file.read().splitlines(), printed.splitlines())
        self.assertEqual((self.folder / "r.csv").stat().st_mode & 0o777, 0o600)

    def test_a_table_replaces_nothing_but_one(self):
        self.write("scores.csv", "WorkerId,usd\nA1,2\n")
        self.write("d.yaml", campaign(PAY, head="data: { scores: { csv: mine.csv, match: { worker: WorkerId } } }\n"))
        self.write("mine.csv", "WorkerId\n")
        answer = self.assert_ends(self.bursar("report", "-o", "mine.csv", "d.yaml", "c.yaml"), 64)
        self.assert_says(answer, "in the place of a file of a campaign")
        self.assert_ends(self.bursar("report", "-o", "scores.csv", "c.yaml"), 64)
        self.assertEqual((self.folder / "scores.csv").read_text(), "WorkerId,usd\nA1,2\n")
        self.write("broken.journal.jsonl", "{}\n")
        answer = self.bursar("report", "-o", "r.csv", "c.yaml", "broken.journal.jsonl")
        self.assert_ends(answer, 74)
        self.assertEqual(list(self.folder.glob("*r.csv")) + list(self.folder.glob(".bursar-*")), [])

    def test_both_at_once(self):
        answer = self.assert_ends(self.bursar("report", "-o", "r.html", "--csv", "c.yaml"), 0)
        self.assertEqual(len(answer.stdout.splitlines()), 2)
        self.assertTrue((self.folder / "r.html").exists())

    def test_the_machines_own_time_stands_beside(self):
        self.assertRegex(self.report(TZ="Asia/Tokyo"), r"UTC \((\d{4}-\d\d-\d\d )?\d\d:\d\d here\)")
        self.assertNotRegex(self.report(TZ="UTC"), r"\d here\)")


class InWords(Reports):
    def test_it_reads_like_this(self):
        self.begin(3, head=HEAD.splitlines()[0] + "\n", balance="100.00",
                   rows=(f"fault: refuse, operation: SendBonus, worker: {worker(1)}, turk_code: "
                         "AWS.MechanicalTurk.InvalidParameterValue, message: No bonus for you",))
        self.run_campaign()
        answer = self.bursar("report", "-o", "r.html", "c.yaml", TZ="UTC")
        page = text_of((self.folder / "r.html").read_text())
        page = re.sub(r"\b[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}\b", "PERSON", page)
        page = re.sub(r"\b[0-9a-f]{12,}\b", "SUM", page)
        page = re.sub(r"\d{4}-\d\d-\d\d ?\d\d:\d\d UTC", "TIME", page)
        page = re.sub(r"\d{4}-\d\d-\d\d", "DAY", page)
        page = re.sub(r"\S+@\S+", "SOMEBODY", page)
        page = re.sub(r"(?s)(The same in numbers\n).*?(Begun:)", r"\1…\n\2", page)
        page = re.sub(r"not known(?=  0)|SUM(?=  0)", "COMMIT", page)
        page = re.sub(r"(PERSON  )\d{4}  ", r"\1YEAR  ", page)
        self.assert_golden("report", answer, page)


@unittest.skipUnless(CHROMIUM, "chromium is not installed")
class InABrowser(Reports):
    def browse(self, *arguments):
        command = [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--user-data-dir={self.folder / 'browser'}", "--enable-logging=stderr", "--v=0",
            *arguments, f"file://{self.folder / 'r.html'}",
        ]
        answer = subprocess.run(
            command, env={**os.environ, "HOME": str(self.folder)}, capture_output=True, timeout=120
        )
        complaints = [line for line in answer.stderr.decode(errors="replace").splitlines() if "CONSOLE" in line]
        self.assertEqual(complaints, [])
        return answer.stdout.decode()

    def test_it_is_shown_without_a_complaint(self):
        self.hard_day()
        page = self.report()
        shown = self.browse("--dump-dom")
        for words in ("By step", "Bonuses by amount", "People and years"):
            self.assertIn(words, shown)
        for tag in ("svg", "table", "tr", "rect", "figure", "pre"):
            self.assertEqual(len(re.findall(f"<{tag}[ >]", shown)), len(re.findall(f"<{tag}[ >]", page)), tag)
        self.browse(f"--screenshot={self.folder / 'r.png'}", "--window-size=1000,3000")
        self.assertGreater((self.folder / "r.png").stat().st_size, 50_000)

    def test_it_prints(self):
        self.begin(2)
        self.run_campaign()
        self.report()
        self.browse(f"--print-to-pdf={self.folder / 'r.pdf'}")
        self.assertTrue((self.folder / "r.pdf").read_bytes().startswith(b"%PDF"))


if __name__ == "__main__":
    unittest.main()
