"""Journals that are lost: what is known again without them, and what only a person can say."""

import unittest

from house import QUALIFICATION, assignment, campaign, everyone, worker, world
from journals import JOURNAL, NO_FUNDS, STEPS, Journals


class Gone(Journals):
    def test_nobody_is_told_twice_when_only_messages_were_sent(self):
        """No bonus shows that somebody ran it; the second copy's list of paths does."""
        self.begin(3, steps="- approve: {}\n- notify: { subject: Hello, message: Hello }")
        self.assert_ends(self.run_campaign(), 0)
        self.path().unlink()
        for _ in range(2):
            self.assert_ends(self.run_campaign(), 4)
            self.assertEqual(self.times("message"), everyone(3))
        self.assert_ends(self.bursar("resolve", "--done", "notify", "c.yaml"), 0)
        self.assertEqual(self.times("message"), everyone(3))


    def test_a_journal_that_was_begun_anew_is_joined_with_the_one_that_is_gone(self):
        self.begin(4)
        self.assert_ends(self.run_campaign(), 0)
        self.path().unlink()
        self.assert_ends(self.run_campaign(), 4)
        answer = self.bursar("plan", "c.yaml")
        self.assert_says(answer, "another journal was at this path before")
        lines = answer.stderr.splitlines()
        line = next(line for line in lines if line.startswith("    bursar journal merge"))
        self.assert_ends(self.bursar(*line.split()[1:]), 0)
        answer = self.assert_ends(self.run_campaign(), 0)
        self.assertNotIn("before", answer.stderr)
        self.assert_all_done(4)

    def test_the_second_copy_goes_before_an_older_one_that_lies_beside(self):
        self.begin(5)
        self.assert_ends(self.run_campaign("--first", "2"), 0)
        (self.folder / "copy.jsonl").write_bytes(self.path().read_bytes())
        self.assert_ends(self.run_campaign("--first", "4"), 0)
        self.path().unlink()
        answer = self.assert_ends(self.run_campaign(), 74)
        self.assert_says(answer, "'bursar journal restore' brings back", "move it away")

    def test_lines_too_many_are_cut_off_by_what_is_advised(self):
        self.begin(2)
        self.assert_ends(self.run_campaign(), 0)
        whole = self.path().read_bytes()
        for more in (whole.splitlines(keepends=True)[-1], b"<<<<<<< HEAD\n{}\n"):
            self.path().write_bytes(whole + more)
            answer = self.assert_ends(self.run_campaign(), 74)
            self.assert_says(answer, "bursar journal restore c.yaml")
            self.assert_ends(self.bursar("journal", "restore", "c.yaml"), 0)
            self.assertEqual(self.path().read_bytes(), whole)
            answer = self.assert_ends(self.run_campaign(), 0)
        self.assert_all_done(2)

    def test_records_that_the_second_copy_lacks_are_kept_when_the_end_is_cut(self):
        self.begin(4)
        self.assert_ends(self.run_campaign("--first", "2"), 0)
        copies = {path: path.read_bytes() for path in self.folder.glob("state/bursar/journals/*.jsonl")}
        self.assert_ends(self.run_campaign(), 0)
        for path, content in copies.items():
            path.write_bytes(content)
        whole = self.path().read_bytes()
        self.path().write_bytes(whole + b"nonsense\n")
        self.assert_ends(self.bursar("journal", "restore", "c.yaml"), 0)
        self.assertEqual(self.path().read_bytes(), whole)

    def two_machines(self):
        """The journal has what another machine did after this one's copy was written."""
        self.begin(4)
        self.assert_ends(self.run_campaign("--first", "1"), 0)
        elsewhere = {"XDG_STATE_HOME": str(self.folder / "other")}
        self.assert_ends(self.run_campaign("--first", "3", **elsewhere), 0)
        return self.path().read_bytes()

    def test_what_another_machine_added_is_not_lost_to_damage_before_it(self):
        whole = self.two_machines()
        lines = whole.splitlines(keepends=True)
        lines[3] = lines[3].replace(b'"at":"20', b'"at":"19')
        self.path().write_bytes(b"".join(lines))
        self.assert_ends(self.run_campaign(), 74)
        self.assert_ends(self.bursar("journal", "restore", "c.yaml"), 0)
        self.assertEqual(self.path().read_bytes(), whole)
        self.assert_ends(self.run_campaign(), 0)
        self.assert_all_done(4)

    def test_damage_in_what_another_machine_added_forgets_no_message(self):
        lines = self.two_machines().splitlines(keepends=True)
        lines[-3] = lines[-3].replace(b'"at":"20', b'"at":"19')
        self.path().write_bytes(b"".join(lines))
        answer = self.assert_ends(self.bursar("journal", "restore", "c.yaml"), 74)
        self.assert_says(answer, "'bursar journal rebuild' begins one anew")
        self.bursar("journal", "rebuild", "c.yaml")
        self.assert_ends(self.run_campaign(), 4)
        self.assert_nobody_twice()

    def test_a_beginning_that_was_cut_is_nothing_to_bring_back(self):
        self.begin(2)
        self.assert_ends(self.run_campaign(), 0)
        cut = self.path().read_bytes()[:100]
        self.forget_copies()
        self.path().write_bytes(cut)
        self.assert_ends(self.bursar("journal", "restore", "c.yaml"), 74)
        self.assertEqual(self.path().read_bytes(), cut)

    def test_lines_too_many_are_cut_off_without_a_copy_too(self):
        self.begin(2)
        self.assert_ends(self.run_campaign(), 0)
        whole = self.path().read_bytes()
        self.forget_copies()
        self.path().write_bytes(whole + b"nonsense\n")
        self.assert_ends(self.bursar("journal", "restore", "c.yaml"), 0)
        self.assertEqual(self.path().read_bytes(), whole)

    def test_status_of_a_journal_that_is_gone_is_not_that_nothing_was_run(self):
        self.begin(2)
        self.assert_ends(self.run_campaign(), 0)
        self.path().unlink()
        answer = self.assert_ends(self.bursar("status", "c.yaml"), 4)
        self.assertNotIn("nothing was run", answer.stdout)
        self.assert_says(answer, "bursar journal restore c.yaml")

    def test_status_of_a_run_that_left_work_names_the_next_command(self):
        self.stop_half_way(2)
        answer = self.bursar("status", "c.yaml")
        self.assert_says(answer, "left pending", "bursar run c.yaml")


class Held(Journals):
    STEPS = f"""
- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}
- bonus: {{ amount: 2.00, message: Thanks }}
"""
    HELD = "1 action, 2.40 with fees held by the last run"

    def said(self, *arguments, ends=0):
        answer = self.assert_ends(self.bursar(*arguments, "c.yaml"), ends)
        return " ".join((answer.stdout + answer.stderr).split())

    def test_money_that_is_still_owed_is_said_until_it_is_paid(self):
        no = (
            f"fault: refuse, operation: AssociateQualificationWithWorker, worker: {worker(1)}, "
            "turk_code: AWS.MechanicalTurk.InvalidParameterValue, message: No"
        )
        self.begin(3, no, steps=self.STEPS)
        answer = self.assert_ends(self.run_campaign(), 3)
        self.assertIn("Held 1 action, 2.40 with fees", " ".join(answer.stdout.split()))
        self.assertIn(self.HELD, self.said("status", ends=3))
        self.assert_ends(self.run_campaign(), 3)
        self.assertIn("1 action is held back by an earlier step", self.said("status", ends=3))
        part = self.run_campaign("--retry-refused", "--step", "qualify")
        self.assert_ends(part, 3)
        self.assertIn(self.HELD, self.said("status", ends=3), "also after a run of a part")
        said = self.said("resolve", "--waive", "qualify")
        self.assertIn("what may go on now is done by: bursar run c.yaml", said)
        self.assertIn(self.HELD, self.said("status"))
        status = self.status()
        self.assertEqual((status["held"], status["held_total"]), (1, "2.40"))
        self.assert_ends(self.bursar("report", "-o", "r.html", "c.yaml"), 0)
        self.assertIn("Held by the last run: 1 action (2.40 USD", (self.folder / "r.html").read_text())
        self.assertIn("1 action of this campaign waits for an earlier step", self.said("status", "--worker", worker(1)))
        self.assert_ends(self.run_campaign(), 0)
        self.assertNotIn(self.HELD, self.said("status"))
        self.assertEqual(self.status()["held"], 0)
        self.assertEqual(self.paid(), 600)


    def test_whom_a_step_leaves_out_is_told_apart_from_whom_it_holds_up(self):
        no = (
            f"fault: refuse, operation: AssociateQualificationWithWorker, worker: {worker(1)}, "
            "turk_code: AWS.MechanicalTurk.InvalidParameterValue, message: No"
        )
        last = f"""  where: {{ except: [{worker(2)}] }}
- notify: {{ subject: Hi, message: Paid }}
  needs: [bonus]
"""
        self.begin(4, no, steps=self.STEPS + last)
        self.assert_ends(self.run_campaign(), 3)
        shown = " ".join(self.bursar("plan", "c.yaml").stdout.split())
        self.assertIn("notify: 1 waiting for an earlier step", shown)
        self.assertIn("notify: 1 that need an earlier step which is not for them", shown)
        self.assertEqual((self.status()["held"], self.status()["held_total"]), (2, "2.40"))


class Played(Journals):
    def test_a_campaign_for_production_that_was_played_here_is_told_so(self):
        self.simulate(world(2))
        self.write("p.yaml", campaign("- bonus: { amount: 1.00, message: Thanks }",
                                      head="environment: production\nlimits: { total: 9 }\n"))
        self.assert_ends(self.run_campaign(name="p.yaml"), 0)
        for arguments in (("status",), ("status", "--worker", worker(0))):
            answer = self.assert_ends(self.bursar(*arguments, "p.yaml"), 0)
            self.assertIn("production, play money", answer.stdout)
        self.assert_ends(self.bursar("report", "--csv", "-o", "r.html", "p.yaml"), 0)
        page = (self.folder / "r.html").read_text()
        self.assertIn("production, play money (no real money)", page)
        self.assertNotIn("play money, play money", page)


class Inputs(Journals):
    def test_two_steps_may_say_the_words_of_one_file(self):
        """The journal names each file that went into a run once."""
        one = "notify: { subject: Hello, message_file: words.txt }"
        self.begin(2, steps=f"- approve: {{}}\n- {one}\n- id: again\n  {one}")
        self.write("words.txt", "Hello")
        self.assert_ends(self.run_campaign(), 0)
        self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)
        self.assertEqual(set(self.journal()[1]["inputs"]), {"c.yaml", "words.txt"})


class PaidElsewhere(Journals):
    BY_HAND = f"bonuses:\n  - {{ assignment: {assignment(0)}, amount: 0.70, reason: By hand }}\n"

    def test_status_says_what_run_said_until_it_is_decided(self):
        self.begin(2, steps="- bonus: { amount: 1.00, message: Thanks }", more=self.BY_HAND)
        for _ in range(2):
            self.assert_ends(self.run_campaign(), 4)
            answer = self.assert_ends(self.bursar("status", "c.yaml"), 4)
            self.assert_says(answer, "1 action looked done by somebody else", "bursar plan c.yaml")
        self.assertEqual(self.journal()[-1]["elsewhere"], 1)
        records = len(self.journal())
        self.assert_ends(self.run_campaign(), 4)
        self.assertEqual(len(self.journal()), records, "nothing new to write")
        self.assert_ends(self.bursar("resolve", "--done", "bonus", "c.yaml"), 0)
        self.assert_ends(self.bursar("status", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(len(self.book("bonus")), 1)

    def test_what_a_word_says_of_a_person_is_salted(self):
        """Without salt a sum would tell who was erased, by trying everyone."""
        self.begin(1, steps="- bonus: { amount: 1.00, message: Thanks }", more=self.BY_HAND)
        self.assert_ends(self.run_campaign(), 4)
        self.assert_ends(self.bursar("resolve", "--done", "bonus", "c.yaml"), 0)
        people = [record["person"] for record in self.journal() if "person" in record]
        self.assertEqual([len(person.get("salt", "")) for person in people], [32])

    def test_what_the_file_no_longer_reaches_is_no_trouble(self):
        self.begin(1, steps="- bonus: { amount: 1.00, message: Thanks }", more=self.BY_HAND)
        self.assert_ends(self.run_campaign(), 4)
        self.assert_ends(self.bursar("status", "c.yaml"), 4)
        self.write("c.yaml", campaign("- approve: {}"))
        self.assert_ends(self.run_campaign(), 0)
        self.assert_ends(self.bursar("status", "c.yaml"), 0)


class Lost(Journals):
    def test_a_word_begins_the_journal_anew_when_nothing_else_is_left_to_note(self):
        tell = "- notify: { subject: Hello, message: We will pay you }\n"
        self.begin(2, steps=tell, more=f"known_workers: [{worker(0)}, {worker(1)}]\n")
        self.assert_ends(self.run_campaign(), 0)
        self.path().unlink()
        self.assert_ends(self.run_campaign(), 4)
        self.assert_ends(self.bursar("resolve", "--done", "notify", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("message"), everyone(2))


class Rebuilt(Journals):
    def test_what_the_marketplace_shows_is_known_again_and_messages_are_unknown(self):
        self.begin(4)
        self.assert_ends(self.run_campaign(), 0)
        before = {verb: self.step(verb) for verb in ("approve", "qualify", "bonus")}
        writes = self.writes()
        self.forget()
        answer = self.assert_ends(self.bursar("journal", "rebuild", "c.yaml"), 4)
        self.assert_says(answer, "resolve --done")
        self.assertEqual(self.writes(), writes, "it only reads")
        for verb, step in before.items():
            self.assertEqual(self.step(verb), step)
        self.assertEqual(self.step("notify")["unknown"], 4)
        self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 4)
        self.assert_ends(self.bursar("resolve", "--done", "notify", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.writes(), writes)

    def test_what_was_not_done_is_done_afterwards(self):
        self.stop_half_way(2)
        paid = len(self.book("bonus"))
        self.forget()
        self.assert_ends(self.bursar("journal", "rebuild", "c.yaml"), 4)
        self.assertEqual(self.step("bonus")["done"], paid)
        self.write("told.txt", "\n".join(self.times("message")))
        self.assert_ends(self.bursar("resolve", "--done", "notify:@told.txt", "c.yaml"), 4)
        self.assert_ends(self.bursar("resolve", "--not-done", "notify", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assert_all_done(6)

    def test_whom_a_lost_run_approved_is_not_left_out(self):
        """They are no longer Submitted, and without the journal nobody would pay them."""
        self.begin(4, f"fault: refuse, {NO_FUNDS}")
        self.write("c.yaml", campaign(STEPS, head="where: { status: [Submitted] }\n"))
        self.assert_ends(self.run_campaign("--concurrency", "1"), 5)
        self.assertEqual(self.times("approve"), everyone(4))
        self.assertEqual(self.book("bonus"), [])
        self.path().unlink()
        self.assert_says(self.assert_ends(self.run_campaign(), 5), "Approved work is left out")
        self.forget_copies()
        refused = self.assert_ends(self.bursar("journal", "rebuild", "c.yaml"), 5)
        self.assert_says(refused, "Approved work is left out")
        self.assertFalse(self.path().exists())
        self.write("c.yaml", campaign(STEPS))
        self.assert_ends(self.bursar("journal", "rebuild", "c.yaml"), 4)
        self.assert_ends(self.bursar("resolve", "--not-done", "notify", "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assert_all_done(4)

    def test_a_journal_that_verifies_is_left_alone(self):
        self.begin(2)
        self.assert_ends(self.run_campaign(), 0)
        whole = self.path().read_bytes()
        answer = self.assert_ends(self.bursar("journal", "rebuild", "c.yaml"), 64)
        self.assert_says(answer, "nothing to build anew")
        self.assertEqual(self.path().read_bytes(), whole)

    def test_a_damaged_journal_is_kept_beside(self):
        self.begin(2)
        self.assert_ends(self.run_campaign(), 0)
        damaged = self.path().read_bytes().replace(b'"cents":100', b'"cents":200')
        self.path().write_bytes(damaged)
        self.forget_copies()
        self.assert_ends(self.run_campaign(), 74)
        answer = self.assert_ends(self.bursar("journal", "rebuild", "c.yaml"), 4)
        self.assert_says(answer, "is kept as")
        kept = list(self.folder.glob(JOURNAL + ".replaced-*"))
        self.assertEqual([path.read_bytes() for path in kept], [damaged])
        self.assertEqual(self.step("bonus")["amount"], "2.00")


if __name__ == "__main__":
    unittest.main()
