"""What bursar will not do: each refusal has its exit code, says what to do, and sends nothing."""

import json
import unittest

from house import (
    TASK,
    Story,
    campaign,
    faults,
    worker,
    world,
)

PAY = "- bonus: { amount: 1.00, message: Thanks }"
TWICE = PAY + "\n- id: extra\n  bonus: { amount: 0.50, message: More }"
PRODUCTION = "https://mturk-requester.us-east-1.amazonaws.com"
SANDBOX = "https://mturk-requester-sandbox.us-east-1.amazonaws.com"


class Refusing(Story):
    """Each story begins with five people to pay, and ends with nothing done."""

    WORLD = world(5)

    def setUp(self):
        super().setUp()
        self.simulate(self.WORLD)
        self.write("c.yaml", campaign(PAY))

    def assert_refused(self, answer, code, *words):
        self.assert_ends(answer, code)
        self.assert_says(answer, *words)
        self.assertEqual(self.writes(), 0, "nothing may be sent")
        self.assertFalse(self.has_journal(), "a run that refuses to start writes no journal")

    def endpoint(self):
        return self.environment.pop("AWS_ENDPOINT_URL_MTURK")


class NotThere(Refusing):
    STEPS = PAY + "\n- qualify: { qualification: 3NOSUCHQUALIFICATION0000000001, value: 1 }"

    def test_a_qualification_that_does_not_exist_stops_everything(self):
        self.write("c.yaml", campaign(self.STEPS))
        self.assert_ends(self.bursar("plan", "c.yaml"), 65)
        self.assert_refused(
            self.run_campaign(), 65, "c.yaml:5:14:", "3NOSUCHQUALIFICATION0000000001 does not exist",
            "other qualifications in the sandbox than in production", "nothing was sent",
        )

    def test_it_does_not_matter_when_nobody_is_to_be_given_it(self):
        self.write("c.yaml", campaign(self.STEPS + "\n  where: { workers: [A1NOBODY] }"))
        self.assert_ends(self.run_campaign(), 0)


    def test_what_was_sent_is_settled_whatever_else_is_not_there(self):
        self.simulate(self.WORLD, faults=faults("fault: latency, operation: SendBonus, ms: 1000"))
        run = self.start("run", "--yes", "c.yaml")
        self.wait_for(lambda: self.writes() > 0, "a bonus")
        run.kill()
        run.communicate()
        gone = "\n- unqualify: { qualification: 3NOSUCHQUALIFICATION0000000001 }"
        self.write("c.yaml", campaign(PAY + gone))
        self.assert_ends(self.run_campaign(), 65)
        answer = self.bursar("resolve", "c.yaml")
        self.assertIn(answer.returncode, (0, 4), answer.stderr)
        self.assert_says(answer, "3NOSUCHQUALIFICATION0000000001", "warning", "found done at the")


class Guards(Refusing):
    def test_a_balance_that_is_a_cent_short_stops_everything(self):
        self.simulate(world(5, balance="5.99"))
        self.assert_refused(
            self.run_campaign(), 5, "come to 6.00 and the account has 5.99: add at least 0.01"
        )
        self.assert_ends(self.bursar("plan", "c.yaml"), 5)

    def test_a_balance_that_suffices_to_the_cent_is_enough(self):
        self.simulate(world(5, balance="6.00"))
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(json.loads(self.bursar("balance", "--json").stdout)["balance"], "0.00")

    def test_each_limit_holds_to_the_cent(self):
        cases = [
            ("limits: { total: 8.99 }", "'limits.total' is 8.99"),
            ("limits: { per_worker: 1.49 }", "'limits.per_worker' is 1.49"),
            ("expect: { workers: 4 }", "'expect.workers' is 4; the campaign selects 5"),
            ("expect: { assignments: 6 }", "'expect.assignments' is 6; the campaign selects 5"),
        ]
        for head, words in cases:
            with self.subTest(head):
                self.write("c.yaml", campaign(TWICE, head=head + "\n"))
                self.assert_refused(self.run_campaign(), 5, "c.yaml:2:", words)
                self.assert_ends(self.bursar("plan", "c.yaml"), 5)

    def test_limits_that_are_just_met_do_not_refuse(self):
        head = (
            "limits: { total: 9.00, per_worker: 1.50, per_bonus: 1.00 }\n"
            "expect: { workers: 5, assignments: 5 }\n"
        )
        self.write("c.yaml", campaign(TWICE, head=head))
        self.assert_ends(self.run_campaign(), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.spent(), 900)

    def test_an_amount_that_contradicts_a_limit_of_its_own_file_is_invalid(self):
        cases = [
            ("", "100.01", "without limits.per_bonus a bonus is at most 100.00"),
            ("limits: { per_bonus: 0.99 }\n", "1.00", "limits.per_bonus is 0.99"),
            ("limits: { per_worker: 0.99 }\n", "1.00", "limits.per_worker is 0.99"),
        ]
        for head, amount, words in cases:
            with self.subTest(words):
                self.write("c.yaml", campaign(PAY.replace("1.00", amount), head=head))
                self.assert_refused(self.run_campaign(), 65, f"'amount' is {amount}", words)

    def test_a_limit_counts_what_earlier_runs_spent(self):
        self.write("c.yaml", campaign(PAY, head="limits: { total: 10.00 }\n"))
        self.assert_ends(self.run_campaign(), 0)
        more = PAY + "\n- id: more\n  bonus: { amount: 1.00, message: More }"
        self.write("c.yaml", campaign(more, head="limits: { total: 10.00 }\n"))
        answer = self.assert_ends(self.run_campaign(), 5)
        self.assert_says(answer, "has spent 6.00 and would now spend 6.00 more")
        self.assertEqual(self.spent(), 600)

    def test_several_refusals_are_said_at_once(self):
        head = "limits: { total: 3.00, per_worker: 1.10 }\nexpect: { workers: 3 }\n"
        self.write("c.yaml", campaign(TWICE, head=head))
        self.assert_refused(self.run_campaign(), 5, "limits.total", "per_worker", "expect.workers")

    def test_an_amount_changed_after_it_was_paid_is_a_conflict(self):
        self.assert_ends(self.run_campaign(), 0)
        for amount, words in (("1.50", "to add 0.50 write a new step"), ("0.50", "taken back")):
            with self.subTest(amount):
                self.write("c.yaml", campaign(PAY.replace("1.00", amount)))
                answer = self.assert_ends(self.run_campaign(), 5)
                self.assert_says(answer, "paid 1.00 on", words)
        self.assertEqual(self.spent(), 600)


class TheCampaignAndItsTasks(Refusing):
    def test_an_unknown_hit_is_named_with_a_hint(self):
        stranger = "3UNKNOWNHIT000000000000000001"
        self.write("c.yaml", campaign(PAY, hits=f"{TASK}, {stranger}"))
        answer = self.run_campaign()
        self.assert_refused(answer, 65, "c.yaml:2:38: error: ", stranger, "another account")
        self.assertNotIn(TASK, answer.stderr)

    def test_every_unknown_hit_is_named_in_one_pass(self):
        strangers = [f"3UNKNOWNHIT00000000000000000{n}" for n in range(3)]
        answer = self.bursar("workers", *strangers)
        self.assert_refused(answer, 65, *strangers)

    def test_three_mistakes_are_reported_in_one_pass(self):
        self.write(
            "c.yaml",
            campaign("- bonsu: { amount: 1.00, message: Thanks }\n- bonus: { amount: 1.005 }"),
        )
        for arguments in (["check"], ["plan"], ["run", "--yes"]):
            with self.subTest(arguments):
                self.assert_refused(
                    self.bursar(*arguments, "c.yaml"),
                    65,
                    "c.yaml:4:5: error: unknown step 'bonsu', did you mean 'bonus'?",
                    "c.yaml:5:22: error: ",
                    "it has '1.005'",
                    "c.yaml:5:12: error: ",
                )

    def test_the_mistakes_of_several_files_are_reported_in_one_pass(self):
        self.write("a.yaml", campaign("- bonsu: { amount: 1.00, message: Thanks }"))
        self.write("b.yaml", campaign("- bonus: { amount: 1,00, message: Thanks }"))
        answer = self.bursar("check", "a.yaml", "c.yaml", "b.yaml")
        self.assert_refused(answer, 65, "a.yaml:4:5: error:", "b.yaml:4:24: error:")
        self.assertIn("c.yaml: ok", answer.stdout)

    def test_check_as_json_names_the_same_places(self):
        self.write("c.yaml", campaign("- bonsu: { amount: 1.00, message: Thanks }"))
        answer = self.assert_ends(self.bursar("check", "--json", "c.yaml"), 65)
        problems = json.loads(answer.stdout)["problems"]
        self.assertEqual([(p["file"], p["line"], p["column"]) for p in problems], [("c.yaml", 4, 5)])

    def test_a_file_that_is_not_there_is_said_so(self):
        answer = self.bursar("run", "--yes", "missing.yaml")
        self.assertIn(answer.returncode, (64, 65))
        self.assert_says(answer, "missing.yaml")


class WhereTo(Refusing):
    def test_without_environment_and_endpoint_it_says_how_to_go_on(self):
        self.endpoint()
        self.assert_refused(
            self.run_campaign(),
            5,
            "c.yaml names no environment; try 'bursar rehearse c.yaml'; to pay, add "
            "'environment: production'",
        )

    def test_plain_http_goes_to_this_machine_only(self):
        self.endpoint()
        for url in ("http://example.com", "http://127.0.0.1.example.com", "http://10.0.0.1:80"):
            with self.subTest(url):
                self.assert_refused(self.run_campaign("--endpoint", url), 64, "https")

    def test_an_endpoint_is_a_host_and_nothing_behind_it(self):
        endpoint = self.endpoint()
        for more in ("/path", "/\u202e", "?key=value", "/#part", "\x1b[31m", "/%0d%0aX: 1"):
            with self.subTest(more):
                answer = self.run_campaign("--endpoint", endpoint + more)
                self.assert_refused(answer, 64, "it takes https://HOST")

    def test_an_endpoint_in_another_spelling_is_the_same(self):
        endpoint = self.endpoint()
        for url in (endpoint + "//", endpoint.upper(), endpoint.replace("127.0.0.1", "127.0.0.%31")):
            with self.subTest(url):
                answer = self.assert_ends(self.bursar("plan", "--endpoint", url, "c.yaml"), 0)
                self.assertIn(f"simulator at {endpoint} ", answer.stdout)

    def test_an_endpoint_is_held_against_the_environment(self):
        cases = [
            ("sandbox", PRODUCTION),
            ("sandbox", PRODUCTION + "/"),
            ("sandbox", PRODUCTION + ":443"),
            ("sandbox", PRODUCTION.replace("mturk", "MTURK")),
            ("sandbox", PRODUCTION.replace(".com", ".com.")),
            ("sandbox", "https://mturk-requester.us-east-1.api.aws"),
            ("production", SANDBOX),
        ]
        self.endpoint()
        nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9"}  # a test must not reach the real one
        limits = "limits: { total: 10.00 }\n"
        for environment, url in cases:
            with self.subTest(environment=environment, url=url):
                self.write("c.yaml", campaign(PAY, head=f"environment: {environment}\n" + limits))
                self.assert_refused(
                    self.run_campaign("--endpoint", url, **nowhere), 5, "nothing is sent"
                )
                self.assert_refused(
                    self.run_campaign(AWS_ENDPOINT_URL_MTURK=url, **nowhere), 5, "nothing is sent"
                )

    def test_the_command_line_does_not_overrule_the_file(self):
        self.write("c.yaml", campaign(PAY, head="environment: sandbox\n"))
        self.assert_refused(
            self.run_campaign("--environment", "production"), 5, "'sandbox'", "'production'"
        )

    def test_an_environment_that_does_not_exist_is_refused(self):
        self.assert_refused(self.run_campaign("--environment", "staging"), 64, "staging")

    def test_a_redirected_endpoint_keeps_the_journals_apart(self):
        self.write("c.yaml", campaign(PAY, head="environment: sandbox\n"))
        self.assert_ends(self.run_campaign(), 0)
        self.assertTrue(self.has_journal("c.sandbox.journal.jsonl"))


class Who(Refusing):
    def test_without_credentials_it_says_where_it_looked(self):
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            del self.environment[name]
        self.assert_refused(
            self.run_campaign(),
            77,
            "no credentials",
            "AWS_ACCESS_KEY_ID",
            f"{self.folder}/.aws/credentials",
            "bursar rehearse",
        )

    def test_half_a_key_is_no_key(self):
        del self.environment["AWS_SECRET_ACCESS_KEY"]
        self.assert_refused(self.run_campaign(), 77)

    def test_a_wrong_secret_is_refused_and_not_repeated(self):
        wrong = "not-the-secret-of-the-simulator-at-all"
        answer = self.run_campaign(AWS_SECRET_ACCESS_KEY=wrong)
        self.assert_refused(answer, 77, "did not accept the credentials")
        self.assertNotIn(wrong, answer.stderr + answer.stdout)

    def test_a_wrong_key_is_refused(self):
        self.assert_refused(self.run_campaign(AWS_ACCESS_KEY_ID="AKIDOTHER"), 77)

    def test_keys_from_a_profile_are_taken(self):
        keys = {name: self.environment.pop(name) for name in list(self.environment) if
                name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
        self.write(
            ".aws/credentials",
            "[lab]\n" + "".join(f"{name.lower()} = {value}\n" for name, value in keys.items()),
        )
        self.assert_refused(self.run_campaign(), 77, "profile 'default'")
        self.assert_ends(self.run_campaign("--profile", "lab"), 0)


class Consent(Refusing):
    def test_without_a_terminal_somebody_must_say_yes(self):
        answer = self.bursar("run", "c.yaml")
        self.assert_refused(answer, 64, "'bursar plan c.yaml'", "'bursar run --yes c.yaml'")

    def test_a_yes_in_production_needs_a_limit(self):
        self.write("c.yaml", campaign(PAY, head="environment: production\n"))
        self.assert_refused(self.run_campaign(), 5, "limits: { total: … }")
        self.assertFalse(self.has_journal("c.journal.jsonl"))

    def test_with_a_limit_it_is_taken(self):
        head = "environment: production\nlimits: { total: 6.00 }\n"
        self.write("c.yaml", campaign(PAY, head=head))
        self.assert_ends(self.run_campaign(), 0)
        self.assertTrue(self.has_journal("c.journal.jsonl"))
        self.assertEqual(self.spent(), 600)


class TheJournal(Refusing):
    def test_the_journal_of_another_campaign_is_not_continued(self):
        self.assert_ends(self.run_campaign(), 0)
        before = (self.folder / "c.simulator.journal.jsonl").read_bytes()
        self.write("c.yaml", campaign(PAY, name="another"))
        answer = self.assert_ends(self.run_campaign(), 5)
        self.assert_says(answer, "belongs to campaign 'joke'", "campaign 'another'", "--journal")
        self.assertEqual((self.folder / "c.simulator.journal.jsonl").read_bytes(), before)
        self.assertEqual(self.spent(), 600)

    def test_the_journal_of_another_environment_is_not_continued(self):
        self.assert_ends(self.run_campaign(), 0)
        self.write("c.yaml", campaign(PAY, head="environment: sandbox\n"))
        answer = self.run_campaign("--journal", "c.simulator.journal.jsonl")
        self.assert_ends(answer, 5)
        self.assertEqual(self.spent(), 600)

    def test_a_journal_that_cannot_be_written_stops_before_anything_is_sent(self):
        (self.folder / "folder.jsonl").mkdir()
        (self.folder / "link.jsonl").symlink_to("elsewhere.jsonl")
        (self.folder / "locked.jsonl.lock").mkdir()
        for path in ("folder.jsonl", "link.jsonl", "locked.jsonl", "missing/j.jsonl", "/proc/j"):
            with self.subTest(path):
                self.assert_refused(self.run_campaign("--journal", path), 74, path.split("/")[0])

    def test_a_flipped_byte_is_found_wherever_it_is(self):
        self.write("c.yaml", campaign(PAY + "\n- notify: { subject: S, message: M }"))
        self.simulate(world(3))
        self.assert_ends(self.run_campaign(), 0)
        path = self.folder / "c.simulator.journal.jsonl"
        whole = path.read_bytes()
        lines = whole.split(b"\n")
        for number, line in enumerate(lines[:-1], 1):
            start = len(b"\n".join(lines[: number - 1])) + (number > 1)
            for at in (start + 1, start + len(line) * number // len(lines), start + len(line) - 4):
                with self.subTest(line=number, byte=at - start):
                    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
                    answer = self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 74)
                    self.assert_says(answer, f"c.simulator.journal.jsonl:{number}:")

    def test_nothing_works_on_a_damaged_journal(self):
        self.assert_ends(self.run_campaign(), 0)
        path = self.folder / "c.simulator.journal.jsonl"
        damaged = path.read_bytes().replace(b'"cents":100', b'"cents":900', 1)
        path.write_bytes(damaged)
        for arguments in (["run", "--yes"], ["plan"], ["status"], ["workers"]):
            with self.subTest(arguments):
                answer = self.assert_ends(self.bursar(*arguments, "c.yaml"), 74)
                self.assert_says(answer, "c.simulator.journal.jsonl:3:", "Bring the file back")
        self.assertEqual(path.read_bytes(), damaged)
        self.assertEqual(self.spent(), 600)

    def test_a_line_taken_out_is_found(self):
        self.assert_ends(self.run_campaign(), 0)
        path = self.folder / "c.simulator.journal.jsonl"
        lines = path.read_bytes().splitlines(keepends=True)
        for at in (0, 3, len(lines) - 2):
            with self.subTest(line=at + 1):
                path.write_bytes(b"".join(lines[:at] + lines[at + 1 :]))
                answer = self.assert_ends(self.run_campaign(), 74)
                self.assert_says(answer, f"c.simulator.journal.jsonl:{at + 1}:")
        self.assertEqual(self.spent(), 600)

    def test_what_git_and_editors_do_to_it_has_words_of_its_own(self):
        self.assert_ends(self.run_campaign(), 0)
        path = self.folder / "c.simulator.journal.jsonl"
        whole = path.read_bytes()
        cases = [
            ("conflict marks", b"<<<<<<< HEAD\n" + whole, "git's conflict marks"),
            ("line ends", whole.replace(b"\n", b"\r\n"), "CR line ends"),
            ("byte order mark", b"\xef\xbb\xbf" + whole, "byte order mark"),
        ]
        for name, content, words in cases:
            with self.subTest(name):
                path.write_bytes(content)
                self.assert_says(self.assert_ends(self.bursar("status", "c.yaml"), 74), words)


class WhileAnotherRuns(Story):
    def test_a_second_run_is_told_who_holds_the_journal(self):
        slow = faults("fault: latency, operation: SendBonus, ms: 150")
        self.simulate(world(12), faults=slow)
        self.write("c.yaml", campaign(PAY))
        first = self.start("run", "--yes", "--concurrency", "2", "c.yaml")
        self.wait_for(lambda: self.book("bonus"), "the first bonus")
        second = self.run_campaign()
        self.assert_ends(second, 75)
        self.assert_says(second, f"process {first.pid}", "wait until that run has ended")
        status = self.bursar("status", "--json", "c.yaml")
        self.assertEqual(json.loads(status.stdout)["campaign"], "joke")
        out, err = first.communicate(timeout=60)
        self.assertEqual(first.returncode, 0, err)
        self.assertEqual(self.times("bonus"), {worker(n): 1 for n in range(12)})


class AServiceThatDoesNotAnswer(Story):
    def begin(self, *rows):
        self.simulate(world(5), faults=faults(*rows))
        self.write("c.yaml", campaign(PAY))

    def test_what_is_not_json_on_the_first_read_is_an_error_with_words(self):
        self.begin("fault: garbage, operation: GetAccountBalance")
        for arguments in (["run", "--yes"], ["plan"], ["balance"]):
            with self.subTest(arguments):
                answer = self.assert_ends(self.bursar(*arguments, "c.yaml"), 1)
                self.assert_says(answer, "cannot be read", "Nothing was sent")
        self.assertEqual(self.writes(), 0)
        self.assertFalse(self.has_journal())

    def test_a_first_read_that_is_refused_tells_when_the_service_closed(self):
        self.begin(
            "fault: refuse, operation: GetAccountBalance, status: 400, message: This service is "
            "closed"
        )
        for arguments in (["run", "--yes"], ["plan"], ["balance"]):
            with self.subTest(arguments):
                answer = self.assert_ends(self.bursar(*arguments, "c.yaml"), 1)
                self.assert_says(answer, "This service is closed", "2026-09-30", "2027-01-28")
                self.assert_says(answer, "bursar rehearse")
        self.assertEqual(self.writes(), 0)

    def test_nobody_at_the_other_end_is_an_error(self):
        self.begin()
        self.simulators[-1].close()
        answer = self.assert_ends(self.run_campaign(), 1)
        self.assert_says(answer, "Nothing was sent; run again later")

    def test_a_trouble_that_passes_is_not_noticed(self):
        self.begin(
            "fault: garbage, operation: GetAccountBalance, count: 1",
            "fault: throttle, operation: ListAssignmentsForHIT, count: 2",
            "fault: hang-up-after, operation: ListBonusPayments, count: 1",
            "fault: half-answer, operation: GetHIT, count: 1",
        )
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("bonus"), {worker(n): 1 for n in range(5)})


class TheCommandLine(Story):
    def test_a_wrong_word_is_answered_with_the_nearest(self):
        cases = [
            (["rnu", "c.yaml"], "did you mean 'run'?"),
            (["rehearsal", "c.yaml"], "did you mean 'rehearse'?"),
            (["run", "--yess", "c.yaml"], "did you mean '--yes'?"),
            (["run", "--jurnal=x", "c.yaml"], "--journal"),
            (["workers", "--cvs", "c.yaml"], "did you mean '--csv'?"),
            (["status", "--yes", "c.yaml"], "'status' takes no option '--yes'"),
            (["run"], "usage: bursar run FILE"),
            (["run", "c.yaml", "d.yaml"], "d.yaml"),
            (["run", "--yes", "--concurrency", "0", "c.yaml"], "from 1 to 256"),
            (["run", "--yes", "--concurrency", "many", "c.yaml"], "from 1 to 256"),
            (["status", "--worker", "bob", "c.yaml"], "'bob' is not a worker ID"),
            (["workers", "not-a-hit", "another"], "'not-a-hit'"),
            (["journal", "mend", "c.yaml"], "verify"),
            (["help", "rnu"], "did you mean 'run'?"),
        ]
        self.simulate(world(1))
        for name in ("c.yaml", "d.yaml"):
            self.write(name, campaign(PAY))
        for arguments, words in cases:
            with self.subTest(arguments):
                answer = self.assert_ends(self.bursar(*arguments), 64)
                self.assert_says(answer, words)
                self.assertEqual(answer.stdout, "")
        self.assertEqual(self.writes(), 0)

    def test_help_and_version_need_nothing(self):
        for arguments in ([], ["help"], ["--help"], ["run", "--help"], ["--version"]):
            with self.subTest(arguments):
                answer = self.assert_ends(self.bursar(*arguments), 0)
                self.assertIn("bursar", answer.stdout)
                self.assertEqual(answer.stderr, "")

    def test_the_version_names_every_library(self):
        lines = self.bursar("--version").stdout.splitlines()
        self.assertRegex(lines[0], r"^bursar \d+\.\d+\.\d+$")
        libraries = dict(line.split(maxsplit=1) for line in lines[1:])
        self.assertEqual(list(libraries), ["libyaml", "libcurl", "libcrypto", "jansson", "libcsv",
                                           "expat", "libmicrohttpd"])
        for name, version in libraries.items():
            self.assertRegex(version, r"^(OpenSSL )?\d+\.\d+", name)
        self.assertIn(" with OpenSSL/", libraries["libcurl"])


if __name__ == "__main__":
    unittest.main()
