"""Single calls that go wrong: what becomes of the action, what is said, what a rerun does."""

import unittest

from house import (
    QUALIFICATION,
    Story,
    assignment,
    campaign,
    everyone,
    faults,
    hit,
    worker,
    world,
)

OTHER_TASK = "3PR3LXCWSF67WOX6Y5S8EXAMPLE2"
PAY = "- bonus: { amount: 1.00, message: Thanks }\n"
PAY_AND_TELL = PAY + "- notify: { subject: Your bonus, message: We paid you }\n"
NO_FUNDS = (
    "code: RequestError, turk_code: AWS.MechanicalTurk.InsufficientFunds, message: This Requester "
    "has insufficient funds in their account to complete this transaction. (1700000000000)"
)


class Faulty(Story):
    def begin(self, count, *rows, steps=PAY_AND_TELL, **of_world):
        self.simulate(world(count, **of_world), faults=faults(*rows))
        self.write("c.yaml", campaign(steps))
        self.forget()


class LostAnswers(Faulty):
    def test_one_bonus_whose_answer_is_lost_is_found_in_the_list(self):
        self.begin(3, "fault: hang-up-after, operation: SendBonus, count: 1")
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("bonus"), everyone(3))
        self.assertEqual(self.times("message"), everyone(3))
        kinds = [record["kind"] for record in self.journal()]
        self.assertEqual((kinds.count("adopt"), kinds.count("resend")), (1, 0))

    def test_one_bonus_that_never_arrived_is_sent_again_after_a_look(self):
        self.begin(3, "fault: hang-up-before, operation: SendBonus, count: 1")
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("bonus"), everyone(3))
        kinds = [record["kind"] for record in self.journal()]
        self.assertLess(kinds.index("unknown"), kinds.index("look"))
        self.assertLess(kinds.index("look"), kinds.index("resend"))

    def test_a_bonus_that_the_list_does_not_show_yet_is_unknown_and_not_sent_again(self):
        self.begin(
            3,
            "fault: hang-up-after, operation: SendBonus, count: 1",
            more="bonus_lag_s: 6\n",
        )
        answer = self.run_campaign("--concurrency", "1")
        self.assert_nobody_twice()
        if answer.returncode != 0:
            self.assert_ends(answer, 4)
            self.wait_for(
                lambda: self.run_campaign().returncode == 0, "the list to show the bonus", 30
            )
        self.assertEqual(self.times("bonus"), everyone(3))
        self.assertEqual(self.times("message"), everyone(3))

    def test_a_message_whose_answer_is_lost_stays_unknown_and_is_never_sent_again(self):
        for fault in ("hang-up-after", "hang-up-before", "server-error", "garbage", "half-answer"):
            with self.subTest(fault):
                self.forget()
                self.begin(
                    3, f"fault: {fault}, operation: NotifyWorkers, count: 1"
                )
                self.assert_ends(self.run_campaign(), 4)
                book = self.book()
                journal = self.journal()
                for _ in range(2):
                    answer = self.assert_ends(self.run_campaign(), 4)
                    self.assert_says(answer, "bursar resolve")
                self.assertEqual(self.book(), book)
                self.assertEqual(self.journal(), journal, "nothing was done, nothing is written")
                self.assert_ends(self.bursar("status", "c.yaml"), 4)

    def test_what_nobody_can_look_up_is_decided_by_the_operator_s_word(self):
        for word, fault, again in (("--done", "after", 0), ("--not-done", "before", 1)):
            with self.subTest(word):
                self.forget()
                self.begin(3, f"fault: hang-up-{fault}, operation: NotifyWorkers, count: 1")
                self.assert_ends(self.run_campaign(), 4)
                told = len(self.book("message"))
                self.assert_ends(self.bursar("resolve", "c.yaml"), 4)
                self.assertEqual(len(self.book("message")), told, "resolve itself sends nothing")
                self.bursar("resolve", word, "notify", "c.yaml")
                self.assertEqual(len(self.book("message")), told, "resolve itself sends nothing")
                self.assert_ends(self.run_campaign(), 0)
                self.assertEqual(self.times("message"), everyone(3))
                self.assertEqual(len(self.book("message")), told + 3 * again)

    def test_a_word_given_off_line_has_the_journal_s_time_not_this_machine_s(self):
        self.begin(
            3,
            "fault: hang-up-after, operation: NotifyWorkers, count: 1",
            more="now: 2026-11-21T10:00:00Z\n",
        )
        self.assert_ends(self.run_campaign(), 4)
        self.bursar("resolve", "--done", "notify", "c.yaml")
        times = [record["at"] for record in self.journal()]
        self.assertEqual([time[:13] for time in times], ["2026-11-21T10"] * len(times))

    def test_each_lost_call_to_many_is_decided_by_itself(self):
        """Two calls of a hundred without an answer: one never arrived, the other did."""
        self.begin(
            220,
            "fault: hang-up-before, operation: NotifyWorkers, count: 1",
            "fault: hang-up-after, operation: NotifyWorkers, count: 1",
            steps="- notify: { subject: Hello, message: Hello }",
        )
        answer = self.assert_ends(self.run_campaign("--show-ids"), 4)
        self.assert_says(answer, "in one call, to all who can be reached or to nobody")
        told = set(self.times("message"))
        self.assertEqual(len(told), 120)
        lines = [line.split() for line in answer.stderr.splitlines()]
        words = [words for words in lines if words[:2] == ["bursar", "resolve"]]
        asked = {target.split(":")[1].rstrip("+") for _, _, _, target, _ in words}
        self.assertEqual(len(words), 4)
        self.assertEqual(len(asked), 2, "one worker of each call")
        for _, _, word, target, file in words:
            has_it = target.split(":")[1].rstrip("+") in told
            if (word == "--done") == has_it:
                self.bursar("resolve", word, target, file)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("message"), everyone(220))

    def test_where_ids_are_hidden_it_is_said_what_names_them(self):
        self.begin(
            220,
            "fault: hang-up-after, operation: NotifyWorkers, count: 2",
            steps="- notify: { subject: Hello, message: Hello }",
        )
        answer = self.assert_ends(self.run_campaign(), 4)
        self.assert_says(answer, "200 messages went out in 2 calls", "bursar status --show-ids c.yaml")
        self.assertNotIn(worker(0), answer.stderr)
        answer = self.assert_ends(self.bursar("status", "--show-ids", "c.yaml"), 4)
        self.assert_says(answer, "bursar resolve --done notify:")

    def test_resolve_decides_qualifications_by_their_scores(self):
        for fault, decided in (("hang-up-after", 0), ("hang-up-before", 4)):
            with self.subTest(fault):
                lost = f"fault: {fault}, operation: AssociateQualificationWithWorker, count: 8"
                self.begin(2, lost, steps=f"- qualify: {{ qualification: {QUALIFICATION}, value: 7 }}")
                self.assert_ends(self.run_campaign("--concurrency", "1"), 4)
                sent = len(self.book("qualify"))
                self.assert_ends(self.bursar("resolve", "c.yaml"), decided)
                self.assertEqual(len(self.book("qualify")), sent, "resolve itself sends nothing")
                step = self.status()["steps"][0]
                self.assertEqual((step["done"], step["unknown"]), (0, 2) if decided else (2, 0))
                self.assert_ends(self.run_campaign(), 0)
                self.assertEqual(len(self.book("qualify")), sent or 2)

    def test_an_unknown_counts_whatever_the_file_now_selects(self):
        self.begin(3, "fault: hang-up-after, operation: NotifyWorkers, count: 1")
        self.assert_ends(self.run_campaign(), 4)
        self.write("c.yaml", campaign(PAY_AND_TELL, head="where: { status: [Rejected] }\n"))
        self.assert_ends(self.run_campaign(), 4)
        self.write("c.yaml", campaign(PAY))
        self.assert_ends(self.run_campaign(), 4)

    def test_the_second_call_of_two_is_lost_and_the_first_hundred_are_done(self):
        self.begin(
            150,
            "fault: hang-up-after, operation: NotifyWorkers, after: 1, count: 1",
            steps="- notify: { subject: Your bonus, message: We paid you }",
        )
        self.assert_ends(self.run_campaign(), 4)
        step = self.status()["steps"][0]
        self.assertEqual((step["done"], step["unknown"]), (100, 50))
        self.assert_ends(self.run_campaign(), 4)
        self.assertEqual(self.times("message"), everyone(150))

    def test_nobody_is_told_whose_bonus_is_undecided(self):
        self.begin(
            5,
            f"fault: server-error-after, operation: SendBonus, worker: {worker(2)}",
            more="bonus_lag_s: 3600\n",
        )
        self.assert_ends(self.run_campaign(), 4)
        self.assertEqual(self.times("bonus"), everyone(5))
        told = everyone(5)
        del told[worker(2)]
        self.assertEqual(self.times("message"), told)
        actions = [action for action in self.plan()["actions"] if action["worker"] == worker(2)]
        self.assertNotIn("skip", [action["decision"] for action in actions])


class Refusals(Faulty):
    def test_who_cannot_be_reached_is_recorded_with_code_and_words_and_not_tried_again(self):
        gone = f"unreachable: [{worker(1)}]\nunreachable_now: [{worker(3)}]\n"
        self.begin(5, more=gone)
        self.assert_ends(self.run_campaign(), 3)
        refused = {deed["worker"]: deed for deed in self.status()["deeds"]}
        self.assertEqual(set(refused), {worker(1), worker(3)})
        self.assertEqual(refused[worker(1)]["code"], "HardFailure")
        self.assertEqual(refused[worker(1)]["text"], "The worker cannot be reached")
        self.assertEqual(refused[worker(3)]["code"], "SoftFailure")
        journal = self.journal()
        answer = self.assert_ends(self.run_campaign(), 3)
        self.assert_says(answer, "--retry-refused")
        self.assertEqual(self.journal(), journal)
        self.assert_ends(self.bursar("status", "c.yaml"), 3)

    def test_retry_refused_tries_those_again_and_nobody_else(self):
        self.begin(5, more=f"unreachable_now: [{worker(3)}]\n")
        self.assert_ends(self.run_campaign(), 3)
        before = len(self.journal())
        self.assert_ends(self.run_campaign("--retry-refused"), 3)
        again = [record for record in self.journal()[before:] if record["kind"] == "intend"]
        self.assertEqual([record["person"]["worker"] for record in again], [worker(3)])
        self.assertEqual(self.times("message"), {**everyone(3), worker(4): 1})
        self.assertEqual(self.times("bonus"), everyone(5))

    def test_whose_bonus_is_refused_is_not_told_of_it(self):
        self.begin(
            5,
            f"fault: refuse, operation: SendBonus, worker: {worker(2)}, count: 1, "
            "turk_code: AWS.MechanicalTurk.InvalidParameterValue, message: No bonus for you",
        )
        rest = everyone(5)
        del rest[worker(2)]
        for _ in range(2):
            self.assert_ends(self.run_campaign(), 3)
            self.assertEqual(self.times("bonus"), rest)
            self.assertEqual(self.times("message"), rest)
        deed = next(deed for deed in self.status()["deeds"] if deed["do"] == "bonus")
        self.assertEqual((deed["worker"], deed["text"]), (worker(2), "No bonus for you"))
        self.assert_ends(self.run_campaign("--retry-refused"), 0)
        self.assertEqual(self.times("bonus"), everyone(5))
        self.assertEqual(self.times("message"), everyone(5))

    def test_a_step_that_makes_no_sense_is_stopped_after_ten_refusals(self):
        self.begin(
            40,
            "fault: refuse, operation: SendBonus, code: ValidationException, message: Not so",
        )
        answer = self.assert_ends(self.run_campaign("--concurrency", "1"), 3)
        self.assert_says(answer, "10 refusals in a row", "Not so")
        step = self.status()["steps"][0]
        self.assertEqual(step["refused"], 10)
        self.assertEqual(self.writes(), 0)

    def test_a_refusal_does_not_decide_an_earlier_attempt_without_an_answer(self):
        self.begin(
            1,
            "fault: hang-up-after, operation: SendBonus, count: 1",
            "fault: refuse, operation: SendBonus, code: RequestError, message: Sorry no",
            more="bonus_lag_s: 3600\n",
        )
        self.assert_ends(self.run_campaign(), 4)
        self.assertEqual(self.open_verbs(), {"bonus"})
        self.assertEqual(self.times("bonus"), everyone(1), "it was paid all the while")
        self.assert_ends(self.run_campaign("--retry-refused"), 4)
        self.assertEqual(self.times("bonus"), everyone(1))


class NoFunds(Faulty):
    def test_the_rest_stays_pending_and_a_rerun_finishes_it(self):
        self.begin(
            12,
            f"fault: refuse, operation: SendBonus, after: 4, count: 1, {NO_FUNDS}",
        )
        answer = self.assert_ends(self.run_campaign("--concurrency", "1"), 5)
        self.assert_says(answer, "no funds left", "pending")
        self.assertEqual(self.times("bonus"), everyone(4))
        self.assertEqual(self.times("message"), everyone(4), "only those who were paid are told")
        self.assertEqual([s["refused"] for s in self.status()["steps"]], [0, 0])
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("bonus"), everyone(12))
        self.assertEqual(self.times("message"), everyone(12))

    def test_with_many_in_flight_nobody_is_forgotten(self):
        self.begin(
            30,
            f"fault: refuse, operation: SendBonus, after: 11, count: 8, {NO_FUNDS}",
            "fault: latency, operation: SendBonus, ms: 5, jitter_ms: 20",
        )
        self.assert_ends(self.run_campaign("--concurrency", "8"), 5)
        self.assert_nobody_twice()
        for _ in range(3):
            answer = self.run_campaign()
            self.assertIn(answer.returncode, (0, 5), answer.stderr)
        self.assert_ends(answer, 0)
        self.assertEqual(self.times("bonus"), everyone(30))
        self.assertEqual(self.times("message"), everyone(30))

    def test_an_account_that_somebody_else_empties_on_the_way(self):
        work = [(assignment(50 + n), worker(50 + n), "2026-11-20T12:00:00Z") for n in range(10)]
        self.begin(
            10,
            f"fault: latency, operation: SendBonus, worker: {worker(1)}, ms: 1500",
            balance="14.40",
            more=hit(OTHER_TASK, work),
        )
        other = campaign("- bonus: { amount: 0.90, message: More }", "other", hits=OTHER_TASK)
        self.write("other.yaml", other)
        first = self.start("run", "--yes", "--concurrency", "1", "c.yaml")
        self.wait_for(lambda: self.book("bonus"), "the first bonus")
        self.assert_ends(self.run_campaign(name="other.yaml"), 0)
        _, said = first.communicate(timeout=60)
        self.assertEqual(first.returncode, 5, said)
        self.assertEqual(self.spent(), 1440)
        paid = {line["worker"]: 1 for line in self.book("bonus") if line["words"] == "Thanks"}
        self.assertEqual(self.times("message"), paid, "only those who were paid are told")
        before = self.book()
        self.assert_ends(self.run_campaign(), 5)
        self.assertEqual(self.book(), before, "a balance that is short sends nothing")


if __name__ == "__main__":
    unittest.main()
