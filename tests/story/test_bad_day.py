"""The bad day, in words: what a tired person reads when something went wrong, whether it is true,
and whether the commands that it names do what it says. How these texts are written anew:
support/golden.py."""

import shutil
import signal
import subprocess
import unittest

from bad_day import JOURNAL, OTHER_TASK, PAY, QUALIFY, TELL, BadDay
from house import campaign, everyone, faults, hit, worker, world


class TheLaptopDied(BadDay):
    def hang(self, operation, after):
        """Of two calls without an answer one was carried out, the other not."""
        rows = f"fault: hang, operation: {operation}, after: {after}, count: 1"
        return faults(rows + ", applied: false", rows)

    def test_while_it_paid(self):
        self.simulate(world(10), self.hang("SendBonus", 3))
        self.write("c.yaml", campaign(PAY))
        self.run_and_kill(
            lambda: self.records("done") == 3 and len(self.book("bonus")) == 4
            and self.records("intend") == 5,
            "three are paid and two in flight",
            "--concurrency", "2",
        )
        status, plan = self.bursar("status", "c.yaml"), self.bursar("plan", "c.yaml")
        run = self.run_campaign()
        self.assert_golden("killed-paying", status, plan, run)
        self.assertEqual(self.times("bonus"), everyone(10))
        after = self.bursar("plan", "c.yaml")
        self.assertNotIn("without an end", after.stdout)

    def test_while_it_approved_and_qualified(self):
        self.write("c.yaml", campaign("- approve: {}\n" + QUALIFY))
        self.simulate(world(4, status="Submitted"), self.hang("ApproveAssignment", 1))
        self.run_and_kill(
            lambda: self.records("done") == 1 and self.records("intend") == 3
            and len(self.book("approve")) == 2,
            "one is approved and two in flight",
            "--concurrency", "2",
        )
        approving = self.bursar("plan", "c.yaml")
        self.forget()
        self.simulate(world(4), self.hang("AssociateQualificationWithWorker", 1))
        self.run_and_kill(
            lambda: self.records("done") == 1 and self.records("intend") == 3
            and len(self.book("qualify")) == 2,
            "one is qualified and two in flight",
            "--concurrency", "2",
        )
        self.assert_golden("killed-approving", approving, self.bursar("plan", "c.yaml"))

    def test_while_it_told_people(self):
        self.simulate(world(3), faults("fault: hang, operation: NotifyWorkers"))
        self.write("c.yaml", campaign(PAY + TELL))
        self.run_and_kill(lambda: len(self.book("message")) == 3, "the messages are in flight")
        self.assert_golden("killed-telling", self.bursar("plan", "c.yaml"), self.run_campaign())

    def test_before_it_sent_anything(self):
        self.simulate(world(3), faults("fault: hang, operation: SendBonus, applied: false"))
        self.write("c.yaml", campaign(PAY))
        one = ("--concurrency", "1")
        self.run_and_kill(lambda: self.records("intend") == 1, "one in flight", *one)
        lines = (self.folder / JOURNAL).read_text().splitlines(keepends=True)
        self.forget_copies()
        (self.folder / JOURNAL).write_text("".join(line for line in lines[:2]))
        plan = self.bursar("plan", "c.yaml")
        self.assertRegex(plan.stdout, r"stopped without an end: 3 pending\. Will send 3\.")


class OutOfReach(BadDay):
    """Sent without an answer, and then the file is edited so that it is about others."""

    def test_what_nobody_is_asked_about_is_named_with_what_decides_it(self):
        self.simulate(world(3), faults("fault: hang, operation: SendBonus, count: 1, applied: false"))
        self.write("c.yaml", campaign(PAY))
        one = ("--concurrency", "1")
        self.run_and_kill(lambda: self.records("intend") == 1, "one in flight", *one)
        (sent,) = [line["person"]["worker"] for line in self.journal() if line["kind"] == "intend"]
        self.write("c.yaml", campaign(PAY, head=f"where: {{ except: [{sent}] }}\n"))
        for command in ("resolve", "run"):
            options = ("--yes",) if command == "run" else ()
            told = self.assert_ends(self.bursar(command, *options, "--show-ids", "c.yaml"), 4)
            self.assert_says(told, "to people whom the file as it is now does not reach")
            words = f"bonus:{sent}"
            self.assertIn(["resolve", "--not-done", words, "c.yaml"], self.commands_of(told))
        self.assert_ends(self.bursar("resolve", "--not-done", words, "c.yaml"), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assertNotIn(sent, self.times("bonus"))


class LostMessages(BadDay):
    def lose(self, steps, **more):
        self.simulate(world(5), faults("fault: hang-up-after, operation: NotifyWorkers"), **more)
        self.write("c.yaml", campaign(steps))
        return self.run_campaign()

    def test_the_commands_can_be_pasted(self):
        run = self.lose(PAY + TELL)
        named = self.bursar("run", "--yes", "--show-ids", "c.yaml")
        self.assert_golden("lost-messages", run, named)
        for option, messages in (("--done", 0), ("--not-done", 5)):
            with self.subTest(option):
                self.forget()
                run = self.lose(PAY + TELL)
                (command,) = [words for words in self.commands_of(run) if option in words]
                self.assert_ends(self.bursar(*command), 0)
                self.simulate(world(5))
                self.assert_ends(self.run_campaign(), 0)
                self.assertEqual(len(self.book("message")), messages)

    def test_several_steps_have_a_line_each_and_odd_names_are_quoted(self):
        again = "- id: thanked\n  notify: { subject: Thanks, message: Once more }\n  needs: []\n"
        self.lose(TELL + again)
        (self.folder / "c.yaml").rename(self.folder / "my c's.yaml")
        (self.folder / JOURNAL).rename(self.folder / "my c's.simulator.journal.jsonl")
        self.forget_copies()
        answer = self.run_campaign(name="my c's.yaml")
        self.assert_golden("lost-messages-two-steps", answer)

    def test_the_options_that_say_where_things_are_go_along(self):
        self.lose(TELL)
        endpoint = self.environment.pop("AWS_ENDPOINT_URL_MTURK")
        (self.folder / JOURNAL).rename(self.folder / "elsewhere.jsonl")
        self.forget_copies()
        where = ("--journal", "elsewhere.jsonl", "--endpoint", endpoint)
        answer = self.assert_ends(self.run_campaign(*where), 4)
        done, _ = self.commands_of(answer)
        self.assertEqual(done, ["resolve", *where, "--done", "notify", "c.yaml"])
        self.assert_ends(self.bursar(*done), 0)
        status = self.bursar("status", "--worker", worker(7), "elsewhere.jsonl")
        self.assertEqual(self.commands_of(status), [["plan", "--worker", worker(7), "FILE"]])

    def test_a_log_shows_no_ids_unless_asked(self):
        run = self.lose(PAY + TELL)
        for answer in (run, self.run_campaign(), self.bursar("plan", "c.yaml"),
                       self.bursar("status", "c.yaml")):
            self.assertNotIn("A1WORKER", answer.stdout + answer.stderr)
            self.assertNotIn("3ASSIGNMENT", answer.stdout + answer.stderr)
        for arguments in (("run", "--yes"), ("plan",), ("status",)):
            answer = self.bursar(*arguments, "--show-ids", "c.yaml")
            self.assertIn("A1WORKER", answer.stdout + answer.stderr)


class SecondLooks(BadDay):
    def test_bonuses_in_doubt_since_yesterday(self):
        def at(moment, fault=None):
            self.simulate(world(5, more=f"now: {moment}\n"), fault)

        hang = "fault: hang, operation: SendBonus, after: 2, count: 1, applied: false"
        self.write("c.yaml", campaign(PAY + TELL))
        at("2026-11-23T14:00:00Z", faults(hang))
        self.run_and_kill(
            lambda: self.records("intend") == 3 and self.records("done") == 2,
            "two are paid and one in flight",
            "--concurrency", "1",
        )
        at("2026-11-24T12:00:00Z")
        first = self.bursar("run", "--yes", "c.yaml", TZ="CET-1")
        self.assertEqual(self.times("bonus"), {worker(3): 1, worker(4): 1})
        at("2026-11-24T12:02:00Z")
        early = self.bursar("run", "--yes", "c.yaml", TZ="CET-1")
        self.assertEqual(self.times("bonus"), {})
        self.assertRegex(first.stderr, r"from 2026-11-24 12:06 UTC \(13:06 here\) on")
        self.assertRegex(early.stderr, r"from 2026-11-24 12:06 UTC \(13:06 here\) on")
        at("2026-11-24T12:06:00Z")
        last = self.bursar("run", "--yes", "c.yaml", TZ="CET-1")
        self.assertEqual(self.times("bonus"), {worker(2): 1})
        self.assert_golden("second-look", first, early, last)


class TheWrongAmount(BadDay):
    def test_stopped_corrected_and_kept(self):
        slow = "fault: latency, operation: SendBonus, after: 2, count: 1, ms: 2000"
        self.simulate(world(5), faults(slow))
        self.write("c.yaml", campaign(PAY.replace("1.00", "10.00") + TELL))
        process = self.start("run", "--yes", "--concurrency", "1", "c.yaml")
        self.wait_for(lambda: len(self.book("bonus")) == 3, "the third is in flight")
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
        self.assertEqual(process.returncode, 130)
        stopped = "$ bursar run --yes c.yaml (and Ctrl-C)\n--- on standard error\n" + said
        self.write("c.yaml", campaign(PAY + TELL))
        conflict = self.bursar("plan", "c.yaml")
        refused = self.assert_ends(self.run_campaign(), 5)
        (keep,) = [words for words in self.commands_of(refused) if "--keep" in words]
        self.assertIn(keep, [line.split()[1:] for line in said.splitlines()
                             if line.startswith("    bursar ")])
        kept = self.assert_ends(self.bursar(*keep), 0)
        plan = self.bursar("plan", "c.yaml")
        last = self.assert_ends(self.run_campaign(), 0)
        self.assert_golden("wrong-amount", stopped, conflict, refused, kept, plan, last)
        self.assertEqual(self.times("bonus"), everyone(5))
        self.assertEqual(self.paid(), 3 * 1000 + 2 * 100)
        self.assertEqual(self.times("message"), everyone(5))

    def test_interrupted_before_anything_was_paid(self):
        slow = "fault: latency, operation: AssociateQualificationWithWorker, ms: 2000, count: 1"
        self.simulate(world(3), faults(slow))
        self.write("c.yaml", campaign(QUALIFY + PAY))
        process = self.start("run", "--yes", "--concurrency", "1", "c.yaml")
        self.wait_for(lambda: len(self.book("qualify")) == 1, "the first is in flight")
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
        self.assertEqual(process.returncode, 130)
        self.assertIn("no bonus was paid", said)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("bonus"), everyone(3))

    def test_too_little_was_paid(self):
        self.simulate(world(3))
        self.write("c.yaml", campaign(PAY))
        self.run_campaign()
        self.write("c.yaml", campaign(PAY.replace("1.00", "1.50")))
        answer = self.assert_ends(self.run_campaign(), 5)
        steps = [line[4:] for line in answer.stderr.splitlines() if line.startswith("    -")
                 or line.startswith("      bonus:")]
        more = "\n".join(steps).replace("…", "The rest")
        self.write("c.yaml", campaign(PAY + more))
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.paid(), 3 * 150)
        self.assertEqual(self.times("bonus"), {worker(n): 2 for n in range(3)})


class SomebodyElse(BadDay):
    def test_a_co_author_ran_it_too(self):
        self.simulate(world(4))
        self.write("c.yaml", campaign(PAY + TELL))
        self.run_campaign()
        self.forget()
        first, second = self.run_campaign(), self.run_campaign()
        status, plan = self.bursar("status", "c.yaml"), self.bursar("plan", "c.yaml")
        self.assert_golden("co-author", first, second, status)
        self.assert_ends(self.bursar("status", "--json", "c.yaml"), 4)
        self.assertEqual(self.commands_of(plan)[:2], self.commands_of(second)[:2])
        self.assertEqual(self.times("bonus"), everyone(4))
        self.assertEqual(self.times("message"), everyone(4))
        done = [words for words in self.commands_of(second) if "--done" in words]
        self.assert_ends(self.bursar(*done[0]), 0)
        self.assertNotIn("does not know", self.assert_ends(self.run_campaign(), 0).stdout)
        self.assert_ends(self.bursar("status", "c.yaml"), 0)

    def test_the_journal_was_lost_and_this_machine_has_seen_it(self):
        self.simulate(world(2))
        self.write("c.yaml", campaign(PAY + TELL))
        self.run_campaign()
        (self.folder / JOURNAL).unlink()
        plan = self.bursar("plan", "c.yaml")
        self.assertIn("    bursar journal restore c.yaml\n", plan.stdout)
        self.assert_ends(self.bursar("journal", "restore", "c.yaml"), 0)
        self.assertNotIn("does not know", self.assert_ends(self.run_campaign(), 0).stdout)


class WasThisPersonPaid(BadDay):
    def setUp(self):
        super().setUp()
        rows = (
            f"fault: refuse, operation: SendBonus, worker: {worker(1)}, "
            "turk_code: AWS.MechanicalTurk.InvalidParameterValue, message: No bonus for you",
            "fault: hang-up-after, operation: NotifyWorkers, count: 1",
        )
        more = hit(OTHER_TASK, [("3OTHER000", worker(0), "2026-11-20T11:00:00Z")])
        text = world(3).replace("hits:\n", "hits:\n" + more, 1)
        self.simulate(text, faults(*rows))
        self.write("c.yaml", campaign(PAY + TELL))
        self.write("more/d.yaml", campaign(PAY.replace("1.00", "0.50"), "more", hits=OTHER_TASK))
        git = {"GIT_AUTHOR_NAME": "Ana", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "Ana",
               "GIT_COMMITTER_EMAIL": "a@b", **self.environment}
        for command in (["init", "-q"], ["add", "c.yaml"], ["commit", "-q", "-m", "joke"]):
            subprocess.run(["git", *command], cwd=self.folder, env=git, check=True)
        self.assert_ends(self.run_campaign(), 4)
        self.assert_ends(self.run_campaign(name="more/d.yaml"), 0)
        self.simulators[0].close()

    def ask(self, number, *where, code):
        return self.assert_ends(self.bursar("status", "--worker", worker(number), *where), code)

    def test_in_one_file_and_in_a_folder(self):
        shutil.copy(self.folder / "more/d.simulator.journal.jsonl", self.folder)
        self.assert_golden(
            "was-paid",
            self.ask(0, "c.yaml", code=4),
            self.ask(0, ".", code=4),
            self.ask(1, "c.yaml", code=3),
            self.ask(7, "c.yaml", code=0),
        )

    def test_the_answer_is_about_this_person_alone(self):
        """What is open with others is no answer to the question about this one."""
        self.ask(0, "more/d.yaml", code=0)
        self.ask(1, "c.yaml", code=3)
        self.ask(2, "c.yaml", code=4)
        self.assert_ends(self.bursar("status", "c.yaml"), 4)

    def test_the_command_decides_it(self):
        answer = self.ask(0, "c.yaml", code=4)
        done = [words for words in self.commands_of(answer) if "--done" in words]
        self.assert_ends(self.bursar(*done[0]), 4)
        told = self.ask(0, "c.yaml", code=0)
        self.assertIn("so said", told.stdout)


if __name__ == "__main__":
    unittest.main()
