"""A marketplace that is broken, or means harm: what it says is believed only where it agrees with
itself. Nothing is paid by a list that contradicts itself, nobody is paid twice, and no answer can
make a journal that cannot be read again."""

import json
import unittest

from house import TASK, Story, assignment, campaign, everyone, worker
from liar import Answer, Liar, bonus, hit, listed, row

PAY = "- bonus: { amount: 1.00, message: Thanks }"
SECOND = "3PR3LXCWSF67WOX6Y5S8EXAMPLE2"


def refusal(message, kind="RequestError", status=400, code=None):
    said = {"__type": kind, "Message": message}
    if code:
        said["TurkErrorCode"] = f"AWS.MechanicalTurk.{code}"
    return Answer(json.dumps(said).encode(), status)


class Lied(Story):
    def lie(self, people=3, **lies):
        """From here on bursar talks to a marketplace that tells these lies."""
        self.market = Liar(people, lies)
        self.addCleanup(self.market.close)
        self.environment.update(self.market.environment)
        return self.market

    def begin(self, steps=PAY, hits=TASK, **lies):
        self.write("c.yaml", campaign(steps, hits=hits))
        return self.lie(**lies)

    def begin_listed(self, **lies):
        """A campaign whose work stands in a file: no task is read."""
        row = f"{TASK},{assignment(0)},{worker(0)},Approved\n"
        self.write("work.csv", "HITId,AssignmentId,WorkerId,AssignmentStatus\n" + row)
        self.write(
            "c.yaml", campaign(PAY).replace(f"hits: [{TASK}]", "assignments: { csv: work.csv }")
        )
        return self.lie(**lies)

    def paid_to(self):
        """The workers in the order in which the marketplace was asked to pay them."""
        return [asked["WorkerId"] for name, asked in self.market.told if name == "SendBonus"]

    def assert_not_believed(self, answer, *words):
        self.assert_ends(answer, 1)
        self.assert_says(answer, "Nothing was sent", *words)
        self.assertEqual(self.market.told, [])
        self.assertFalse(self.has_journal())


class WhatContradictsItself(Lied):
    def test_one_who_tells_the_truth_is_believed(self):
        self.begin()
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(sorted(self.paid_to()), sorted(everyone(3)))

    def test_a_task_that_is_another(self):
        self.begin(GetHIT={"HIT": hit(HITId=SECOND)})
        self.assert_not_believed(self.run_campaign(), f"task {TASK}, it tells about task {SECOND}")

    def test_work_on_another_task(self):
        self.begin(ListAssignmentsForHIT=listed("Assignments", [row(0), row(1, HITId=SECOND)]))
        self.assert_not_believed(self.run_campaign(), "lists work on another task", SECOND)

    def test_one_assignment_of_two_workers(self):
        rows = [row(0), row(1), row(0, WorkerId=worker(9))]
        self.begin(ListAssignmentsForHIT=listed("Assignments", rows))
        self.assert_not_believed(self.run_campaign(), "a second worker", assignment(0))

    def test_one_assignment_on_two_tasks(self):
        self.begin(
            hits=f"{TASK}, {SECOND}",
            ListAssignmentsForHIT=lambda asked: listed(
                "Assignments", [row(0, HITId=asked["HITId"])]
            ),
        )
        self.assert_not_believed(self.run_campaign(), "a second worker or task", assignment(0))

    def test_one_assignment_on_two_pages_is_paid_once(self):
        def pages(asked):
            more = {} if asked.get("NextToken") else {"NextToken": "2"}
            return listed("Assignments", [row(0), row(1)], **more)

        self.begin(ListAssignmentsForHIT=pages)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(sorted(self.paid_to()), sorted(everyone(2)))

    def test_one_bonus_in_the_lists_of_two_tasks_is_not_two(self):
        """Counted twice, it would stand for the second step's payment too."""
        self.begin(
            f"- id: first\n  {PAY[2:]}\n- id: second\n  {PAY[2:]}",
            hits=f"{TASK}, {SECOND}",
            ListAssignmentsForHIT=lambda asked: listed(
                "Assignments", [row(0 if asked["HITId"] == TASK else 1, HITId=asked["HITId"])]
            ),
            ListBonusPayments=listed("BonusPayments", [bonus(0)]),
        )
        self.assert_not_believed(self.run_campaign(), "another task's assignment", assignment(0))

    def test_a_look_that_shows_another_s_bonus_decides_nothing(self):
        """The answers to both bonuses are lost. Asked about the first, the list shows the second."""
        lost = Answer(b"no")
        self.begin(
            SendBonus=lost,
            ListAssignmentsForHIT=listed("Assignments", [row(0), row(1, WorkerId=worker(0))]),
            ListBonusPayments=lambda asked: listed(
                "BonusPayments",
                [bonus(1, WorkerId=worker(0), GrantTime=4e9)] if "AssignmentId" in asked else [],
            ),
        )
        self.assert_ends(self.run_campaign("--concurrency", "1"), 4)
        open_work = [deed["assignment"] for deed in self.status()["deeds"]]
        self.assertEqual(open_work, [assignment(0)], "the other one is listed, and is done")


class WhatCannotBe(Lied):
    def test_times_that_cannot_be_leave_the_machine_s_own(self):
        for date in (
            None,
            "yesterday",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 GMT",
        ):
            with self.subTest(date=date):
                self.forget()
                self.begin().date = date
                self.assert_ends(self.run_campaign(), 0)
                self.assertEqual({record["at"][:2] for record in self.journal()}, {"20"})
                self.assert_ends(self.run_campaign(), 0)
                self.assertEqual(sorted(self.paid_to()), sorted(everyone(3)))

    def test_a_bonus_granted_in_the_far_future_is_still_a_bonus(self):
        far = listed("BonusPayments", [bonus(n, GrantTime=1e11) for n in range(3)])
        self.begin(ListBonusPayments=far)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.paid_to(), [])


class WhatIsTooMuch(Lied):
    """An answer of any size leaves a journal that can be read."""

    def assert_journal_holds(self):
        self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)
        self.assertLess(max(len(json.dumps(record)) for record in self.journal()), 4096)

    def test_words_about_those_whom_a_message_did_not_reach(self):
        failed = {
            "WorkerId": worker(0),
            "NotifyWorkersFailureCode": "X" * 300_000,
            "NotifyWorkersFailureMessage": "y" * 3_000_000,
        }
        self.begin(
            "- notify: { subject: Hello, message: We paid you }",
            NotifyWorkers={"NotifyWorkersFailureStatuses": [failed]},
        )
        self.assert_ends(self.run_campaign(), 3)
        self.assert_journal_holds()
        self.assert_ends(self.run_campaign(), 3)
        self.assertEqual(len(self.market.told), 1)

    def test_words_of_a_refusal(self):
        self.begin(SendBonus=refusal("z" * 3_000_000, kind="K" * 300_000))
        self.assertIn(self.run_campaign().returncode, (3, 4))
        self.assert_journal_holds()

    def test_a_name_for_the_request(self):
        self.begin(SendBonus=Answer(headers={"x-amzn-RequestId": "A" * 60_000}))
        self.assert_ends(self.run_campaign(), 0)
        self.assert_journal_holds()

    def test_a_list_that_names_its_first_page_again(self):
        self.begin(
            ListAssignmentsForHIT=lambda asked: listed("Assignments", [row(0)], NextToken="again")
        )
        self.assert_not_believed(self.run_campaign(), f"a list of task {TASK} does not end")

    def test_a_list_of_one_assignment_that_does_not_end(self):
        """The task is gone, so its assignments are asked about one by one."""
        self.begin_listed(
            ListBonusPayments=lambda asked: (
                listed("BonusPayments", [bonus(0)], NextToken="again")
                if "AssignmentId" in asked
                else refusal("HIT does not exist", code="HITDoesNotExist")
            )
        )
        self.assert_not_believed(
            self.run_campaign(), f"a list of assignment {assignment(0)} does not end"
        )

    def test_what_was_paid_on_listed_work_is_not_told(self):
        self.begin_listed(ListBonusPayments=refusal("Not for you"))
        ended = self.run_campaign()
        self.assert_ends(ended, 65)
        self.assert_says(ended, "the listed work cannot be read, or is not as the file says; nothing was sent")
        self.assertEqual(self.market.told, [])


class WhatItRepeats(Lied):
    """A service that sends our own headers back does not get them into a file or a terminal."""

    TOKEN = "IQoJb3JpZ2luX2VjCANARY//////////wEaCXVzLWVhc3QtMSJH"

    def test_neither_signature_nor_token_is_repeated(self):
        self.environment["AWS_SESSION_TOKEN"] = self.TOKEN

        def all_headers(asked):
            headers = self.market.headers
            self.signature = headers["Authorization"].rpartition("Signature=")[2]
            return Answer(
                json.dumps(
                    {
                        "__type": "RequestError",
                        "TurkErrorCode": f"AWS.MechanicalTurk.{self.TOKEN}",
                        "Message": f"no: {self.TOKEN}{self.TOKEN} {headers['Authorization']}",
                    }
                ).encode(),
                400,
                {"x-amzn-RequestId": self.TOKEN},
            )

        for operation in ("SendBonus", "GetAccountBalance"):
            with self.subTest(operation):
                self.forget()
                self.begin(**{operation: all_headers})
                answer = self.run_campaign()
                said = answer.stdout + answer.stderr + self.bursar("status", "c.yaml").stdout
                for path in self.folder.rglob("*"):
                    said += path.read_text() if path.is_file() else ""
                self.assertTrue("no: (a credential)(a credential)" in said)
                self.assertFalse(self.TOKEN in said, "the session token is in a file or was shown")
                self.assertFalse(self.signature in said, "a signature is in a file or was shown")

    def test_a_token_that_is_a_common_word_is_no_secret(self):
        self.environment["AWS_SESSION_TOKEN"] = "credential"
        self.begin(GetAccountBalance=refusal("no credential is a credential"))
        answer = self.bursar("run", "--yes", "c.yaml", timeout=20)
        self.assertIn("no credential is a credential.", answer.stderr)

    def test_lines_of_its_own_cannot_pass_for_ours(self):
        self.begin(GetAccountBalance=refusal("no\nbursar: 3 done, 0 refused, 0 unknown"))
        answer = self.run_campaign()
        self.assertNotEqual(answer.returncode, 0)
        self.assertNotIn("\nbursar: 3 done", answer.stderr)


if __name__ == "__main__":
    unittest.main()
