"""At a terminal: what is asked, which answers count, the bar; and that nothing which workers or
the service wrote reaches the terminal as anything but text."""

import json
import re
import unittest

from house import assignment, campaign, everyone, faults, world, worker
from terminal import AtATerminal

PAY = "- bonus: { amount: 1.00, message: Thanks }\n"
BELL_AND_RED = r"\a\e[31mred\e]0;title\a\e[2J"


class Asking(AtATerminal):
    def setUp(self):
        super().setUp()
        self.simulate(world(5))
        self.write("c.yaml", campaign(PAY))

    def assert_nothing_happened(self, code, shown):
        self.assertEqual(code, 5, shown)
        self.assertIn("nothing was sent", shown)
        self.assertEqual(self.writes(), 0)
        self.assertEqual(list(self.folder.glob("*.journal.jsonl")), [])

    def test_the_plan_stands_above_the_question(self):
        _, shown = self.answer("n\n")
        self.assertLess(shown.index("6.00"), shown.index("Go ahead? [y/N]"))

    def test_yes_runs(self):
        for typed in ("y\n", "yes\n"):
            with self.subTest(typed):
                self.simulate(world(5))
                self.forget()
                code, shown = self.answer(typed)
                self.assertEqual(code, 0, shown)
                self.assertEqual(self.times("bonus"), everyone(5))

    def test_anything_else_sends_nothing(self):
        for typed in ("n\n", "\n", "no\n", "yeah\n", "6.00\n", "\x04"):
            with self.subTest(typed):
                self.assert_nothing_happened(*self.answer(typed))

    def test_ctrl_c_at_the_question_sends_nothing(self):
        code, shown = self.answer("\x03")
        self.assertEqual(code, 130, shown)
        self.assertEqual(self.writes(), 0)
        self.assertFalse(self.has_journal())

    def test_nothing_is_asked_when_nothing_is_to_do(self):
        self.assert_ends(self.run_campaign(), 0)
        terminal = self.terminal("run", "c.yaml")
        code, shown = terminal.end()
        self.assertEqual(code, 0, shown)
        self.assertNotIn("Go ahead?", shown)

    def test_nothing_is_asked_when_the_plan_is_refused(self):
        self.simulate(world(5, balance="1.00"))
        code, shown = self.terminal("run", "c.yaml").end()
        self.assertEqual(code, 5, shown)
        self.assertNotIn("Go ahead?", shown)


class AskingInProduction(Asking):
    """The endpoint is the simulator's, but the file says production."""

    QUESTION = "type the total to pay (6.00)"

    def setUp(self):
        super().setUp()
        self.write("c.yaml", campaign(PAY, head="environment: production\n"))

    def answer(self, typed, *arguments, question=QUESTION):
        return super().answer(typed, *arguments, question=question)

    def test_the_plan_stands_above_the_question(self):
        _, shown = self.answer("n\n")
        self.assertLess(shown.index("6.00"), shown.index(self.QUESTION))

    def test_yes_runs(self):
        """Here yes is not enough: the total is."""
        code, shown = self.answer("6.00\n")
        self.assertEqual(code, 0, shown)
        self.assertEqual(self.times("bonus"), everyone(5))

    def test_anything_else_sends_nothing(self):
        for typed in ("y\n", "yes\n", "6\n", "5.00\n", "6.01\n", "16.00\n", "\n", "\x04"):
            with self.subTest(typed):
                self.assert_nothing_happened(*self.answer(typed))

    def test_nothing_is_asked_when_nothing_is_to_do(self):
        self.write(
            "c.yaml", campaign(PAY, head="environment: production\nlimits: { total: 6.00 }\n")
        )
        self.assert_ends(self.run_campaign(), 0)
        code, shown = self.terminal("run", "c.yaml").end()
        self.assertEqual(code, 0, shown)
        self.assertNotIn(self.QUESTION, shown)


class Progress(AtATerminal):
    def setUp(self):
        super().setUp()
        self.simulate(world(30), faults=faults("fault: latency, operation: SendBonus, ms: 80"))
        self.write("c.yaml", campaign(PAY))

    def test_a_terminal_gets_a_bar_that_stays_on_its_line_until_the_step_is_over(self):
        code, shown = self.terminal("run", "--yes", "c.yaml").end()
        self.assertEqual(code, 0, shown)
        bars = [part for part in shown.replace("\r\n", "\n").split("\r") if "█" in part or "░" in part]
        self.assertGreater(len(bars), 2)
        self.assertEqual([bar for bar in bars[:-1] if "\n" in bar], [])
        for bar in bars[:-1]:
            self.assertRegex(bar, r"bonus +\[█*░*\] \d+/30")
        self.assertRegex(bars[-1], r"bonus +\[█{20}\] 30/30  36.00 sent  in \d+ s\n")

    def test_each_step_leaves_its_line(self):
        tell = "- notify: { subject: Your bonus, message: We paid you }\n"
        self.write("c.yaml", campaign(PAY + tell))
        code, shown = self.terminal("run", "--yes", "c.yaml").end()
        self.assertEqual(code, 0, shown)
        for line in (r"bonus +\[█+\] 30/30  36.00 sent  in \d+ s", r"notify +\[█+\] 30/30  in \d+ s"):
            self.assertRegex(shown, line + "\r\n")

    def test_a_service_that_does_not_answer_is_waited_for_aloud(self):
        self.simulate(world(3), faults=faults("fault: latency, operation: SendBonus, ms: 5000"))
        code, shown = self.terminal("run", "--yes", "c.yaml").end()
        self.assertEqual(code, 0, shown)
        self.assertRegex(shown, r"0/3  waiting [34] s")

    def test_reading_that_takes_its_time_is_seen_to_go_on(self):
        self.simulate(world(30), faults=faults("fault: latency, ms: 700"))
        shown = self.terminal("plan", "c.yaml").end()[1]
        self.assertRegex(shown, r"\r\x1b\[Kreading Amazon Mechanical Turk: \d+ answers\r\x1b\[K")
        self.assertNotIn("reading", self.terminal("plan", "c.yaml", TERM="dumb").end()[1])

    def test_calls_that_come_too_fast_are_counted(self):
        self.simulate(world(30), faults=faults("fault: rate, per_second: 40, burst: 2"))
        shown = self.terminal("run", "--yes", "c.yaml").end()[1]
        self.assertRegex(shown, r"30/30  36.00 sent  \d+ throttled  in \d+ s")

    def test_a_dumb_terminal_gets_plain_lines(self):
        code, shown = self.terminal("run", "--yes", "c.yaml", TERM="dumb").end()
        self.assertEqual(code, 0, shown)
        for sign in ("\x1b", "█", "░"):
            self.assertNotIn(sign, shown)

    def test_a_pipe_gets_plain_lines(self):
        answer = self.assert_ends(self.run_campaign(), 0)
        for sign in ("\r", "\x1b", "█", "░"):
            self.assertNotIn(sign, answer.stdout + answer.stderr)
        self.assertIn("step 'bonus': 30 calls\n", answer.stderr)

    def test_quiet_shows_no_progress(self):
        code, shown = self.terminal("run", "--yes", "--quiet", "c.yaml").end()
        self.assertEqual(code, 0, shown)
        self.assertNotIn("█", shown)
        self.assertIn("30 done", shown)


class Colour(AtATerminal):
    """It is on a terminal only, and says nothing that the words do not."""

    def setUp(self):
        super().setUp()
        self.simulate(world(3), faults=faults(f"fault: refuse, operation: SendBonus, worker: {worker(1)}, message: No."))
        self.write("c.yaml", campaign(PAY))
        self.write("wrong.yaml", campaign(PAY.replace("1.00", "many")))

    def shown(self, *arguments, **variables):
        return self.terminal(*arguments, **{"NO_COLOR": "", **variables}).end()[1]

    def test_a_terminal_gets_it(self):
        shown = self.shown("run", "--yes", "c.yaml")
        for painted in ("\x1b[1mRefused\x1b[0m", "\x1b[31m1\x1b[0m", "\x1b[1mbursar status c.yaml\x1b[0m"):
            self.assertIn(painted, shown)
        self.assertIn("\x1b[31merror\x1b[0m:", self.shown("check", "wrong.yaml"))

    def test_without_it_the_same_is_said(self):
        for arguments in (("plan", "c.yaml"), ("check", "wrong.yaml"), ("help", "run")):
            with self.subTest(arguments):
                painted = re.sub(r"\x1b\[\d+m", "", self.shown(*arguments))
                for refusal in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
                    self.assertEqual(self.shown(*arguments, **refusal), painted)
                self.assertEqual(self.shown("--no-color", *arguments), painted)
                self.assertEqual(self.shown(*arguments, "--no-color"), painted)

    def test_a_pipe_never_gets_it(self):
        for arguments in (("plan", "c.yaml"), ("run", "--yes", "c.yaml"), ("status", "c.yaml"), ("check", "wrong.yaml")):
            answer = self.bursar(*arguments, TERM="xterm")
            self.assertNotIn("\x1b", answer.stdout + answer.stderr)


class Width(AtATerminal):
    """What has to be read fits; what has to be pasted is not broken."""

    def setUp(self):
        super().setUp()
        rows = (
            "fault: hang-up-after, operation: NotifyWorkers",
            f"fault: refuse, operation: SendBonus, worker: {worker(1)}, message: No bonus for "
            "people whose account was closed by themselves or by somebody else",
            "fault: latency, operation: SendBonus, ms: 40",
        )
        self.world_text, self.faults_text = world(120, balance="100000.00"), faults(*rows)
        self.simulate(self.world_text, self.faults_text)
        tell = "- notify: { subject: Your bonus, message: We paid you }\n"
        self.write("a-campaign-with-a-long-name.yaml", campaign(PAY.replace("1.00", "9.00") + tell))

    def lines(self, *arguments, columns):
        terminal = self.terminal(*arguments, "a-campaign-with-a-long-name.yaml", columns=columns)
        _, shown = terminal.end(60)
        return [re.split(r"\r", line)[-1] for line in shown.replace("\r\n", "\n").split("\n")]

    def test_words_are_broken_and_commands_are_not(self):
        for columns in (80, 100):
            for arguments in (["run", "--yes"], ["plan"], ["status"]):
                with self.subTest(columns=columns, arguments=arguments):
                    lines = self.lines(*arguments, columns=columns)
                    wide = [line for line in lines if len(line.replace("\x1b[K", "")) > columns
                            and not line.startswith("Journal ")]
                    self.assertEqual([line for line in wide if "    bursar " not in line], [])
                    commands = [line for line in lines if line.startswith("    bursar ")]
                    for command in commands:
                        self.assertTrue(command.endswith("a-campaign-with-a-long-name.yaml"))
                    if arguments != ["plan"]:
                        self.assertGreater(len(commands), 3)

    def test_the_bar_stays_on_one_line_of_a_narrow_terminal(self):
        for columns in (80, 44, 20):
            with self.subTest(columns):
                self.simulate(self.world_text, self.faults_text)
                self.forget("a-campaign-with-a-long-name.simulator.journal.jsonl")
                slowly = ("--concurrency", "4")
                arguments = ("run", "--yes", *slowly, "a-campaign-with-a-long-name.yaml")
                _, shown = self.terminal(*arguments, columns=columns).end(60)
                bars = [part for part in re.split(r"\r\x1b\[K", shown) if re.search(r"\d/1[12]\d", part)]
                self.assertGreater(len(bars), 2)
                for bar in bars:
                    self.assertLess(len(bar.split("\r")[0]), columns, bar)


class WordsOfOthers(AtATerminal):
    """Titles, reasons and errors are written by others. They may hold anything."""

    def setUp(self):
        super().setUp()
        bad = f'"{BELL_AND_RED}"'
        text = world(
            3,
            more=f"bonuses:\n  - {{ assignment: {assignment(0)}, amount: 0.70, reason: {bad} }}\n",
        ).replace("Tell us a joke", f'"{BELL_AND_RED}\\r\\u009b31m\\u202eback\\u200b"')
        self.simulate(
            text,
            faults=faults(
                f"fault: refuse, operation: SendBonus, message: {bad}, turk_code: {bad}",
                f"fault: refuse, operation: NotifyWorkers, message: {bad}, code: {bad}",
            ),
        )
        steps = PAY + "- notify: { subject: Your bonus, message: We paid you }\n  needs: []\n"
        self.write("c.yaml", campaign(steps))

    def test_nothing_of_it_reaches_the_terminal_raw(self):
        for arguments in (
            ["plan", "c.yaml"],
            ["plan", "--worker", "A1WORKER00000", "c.yaml"],
            ["run", "--yes", "c.yaml"],
            ["run", "--yes", "c.yaml"],
            ["status", "c.yaml"],
            ["status", "--worker", "A1WORKER00001", "c.yaml"],
            ["workers", "c.yaml"],
        ):
            with self.subTest(arguments):
                _, shown = self.terminal(*arguments).end()
                self.assert_harmless(shown)
                self.assertGreater(len(shown), 50)

    def test_the_service_s_words_are_shown_so_that_they_can_be_read(self):
        _, shown = self.terminal("run", "--yes", "c.yaml").end()
        self.assertIn(r"\u{1b}[31mred", shown)

    def test_a_refused_first_read_is_harmless_too(self):
        self.simulate(
            world(1),
            faults=faults(f'fault: refuse, operation: GetAccountBalance, message: "{BELL_AND_RED}"'),
        )
        for arguments in (["balance"], ["run", "--yes", "c.yaml"]):
            with self.subTest(arguments):
                _, shown = self.terminal(*arguments).end()
                self.assert_harmless(shown)

    def test_an_unknown_hit_is_harmless_too(self):
        self.simulate(
            world(1),
            faults=faults(f'fault: refuse, operation: GetHIT, message: "{BELL_AND_RED}"'),
        )
        _, shown = self.terminal("run", "--yes", "c.yaml").end()
        self.assert_harmless(shown)

    def test_json_stays_json(self):
        self.run_campaign()
        for arguments in (["plan", "--json"], ["status", "--json"]):
            with self.subTest(arguments):
                answer = self.bursar(*arguments, "c.yaml")
                json.loads(answer.stdout)
                self.assertNotIn("\x1b", answer.stdout)

    def test_a_campaign_file_with_control_characters_is_shown_escaped(self):
        self.write("c.yaml", 'campaign: "a\\e[31m"\nhits: [x\x9b31m]\nsteps: [bonsu\x1b: 1]\n')
        _, shown = self.terminal("check", "c.yaml").end()
        self.assert_harmless(shown)

    def test_an_argument_with_control_characters_is_shown_escaped(self):
        self.run_campaign()
        (self.folder / "empty\x1b[31m").mkdir()
        (self.folder / "\x1b[31m\n.jsonl").write_bytes(
            (self.folder / "c.simulator.journal.jsonl").read_bytes()
        )
        for arguments in (
            ["r\x1b[31m"],
            ["run", "--\x1b[31m"],
            ["run", "--yes", "\x1b[31m.yaml"],
            ["plan", "--worker", "\x1b[31m", "c.yaml"],
            ["plan", "--worker", "A\u202e", "c.yaml"],
            ["status", "--worker", "\x1b[31m", "c.yaml"],
            ["status", "empty\x1b[31m"],
            ["status", "\x1b[31m\n.jsonl"],
            ["journal", "verify", "\x1b[31m\n.jsonl"],
            ["journal", "\x1b[31m", "c.yaml"],
            ["balance", "--endpoint", "http://127.0.0.1:1/\u202e"],
            ["balance", "--profile", "\x1b[31m"],
            ["workers", "\x1b[31m"],
            ["help", "\x1b[31m"],
        ):
            with self.subTest(arguments):
                _, shown = self.terminal(*arguments).end()
                self.assert_harmless(shown)


if __name__ == "__main__":
    unittest.main()
