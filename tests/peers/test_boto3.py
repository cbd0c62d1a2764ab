"""boto3, unchanged, finds in the simulator what it would find at Amazon."""

import datetime
import json
import unittest
import xml.etree.ElementTree

import amazon
from botocore.exceptions import ClientError
from house import QUALIFICATION, TASK, Story, assignment, faults, worker, world

MANY = 250
NOBODY = "A1NOBODY"
UNREACHABLE = worker(3)


class Boto3(Story):
    def setUp(self):
        super().setUp()
        self.open()

    def open(self, faults=None, assignments=5, **parts):
        self.simulator = self.simulate(world(assignments, **parts), faults)
        self.mturk = self.client()

    def client(self, service="mturk", **parts):
        client = amazon.client(self.simulator, service, **parts)
        self.addCleanup(client.close)
        return client

    def refuses(self, code, turk_code, call, **members):
        """The call fails with these codes; what it said."""
        with self.assertRaises(ClientError) as caught:
            call(**members)
        answer = caught.exception.response
        self.assertEqual(answer["Error"]["Code"], code, answer)
        self.assertEqual(answer.get("TurkErrorCode"), turk_code, answer)
        return answer["Error"]["Message"]

    def bonus(self, number=0, **members):
        return {
            "WorkerId": worker(number),
            "AssignmentId": assignment(number),
            "BonusAmount": "1.50",
            "Reason": "Danke schön ✓",
            **members,
        }


class ItReads(Boto3):
    def test_the_balance(self):
        answer = self.mturk.get_account_balance()
        self.assertEqual(answer["AvailableBalance"], "1000.00")
        self.assertRegex(answer["ResponseMetadata"]["RequestId"], "^[0-9a-f-]{36}$")

    def test_a_hit(self):
        hit = self.mturk.get_hit(HITId=TASK)["HIT"]
        self.assertEqual(hit["HITId"], TASK)
        self.assertEqual((hit["Title"], hit["Reward"]), ("Tell us a joke", "0.20"))
        self.assertEqual((hit["MaxAssignments"], hit["HITStatus"]), (5, "Reviewable"))
        self.assertIsInstance(hit["CreationTime"], datetime.datetime)

    def test_the_hits(self):
        self.assertEqual([hit["HITId"] for hit in self.mturk.list_hits()["HITs"]], [TASK])
        self.assertEqual(
            [hit["HITId"] for hit in self.mturk.list_reviewable_hits()["HITs"]], [TASK]
        )

    def test_an_assignment_with_its_hit(self):
        answer = self.mturk.get_assignment(AssignmentId=assignment(2))
        self.assertEqual(answer["HIT"]["HITId"], TASK)
        self.assertEqual(answer["Assignment"]["WorkerId"], worker(2))
        self.assertEqual(
            answer["Assignment"]["SubmitTime"].isoformat(), "2026-11-20T11:00:02+00:00"
        )

    def test_who_is_asking(self):
        answer = self.client("sts").get_caller_identity()
        self.assertEqual(answer["Account"], "123456789012")

    def test_errors_about_who_is_asking(self):
        self.open(
            faults(
                "fault: throttle, operation: GetCallerIdentity, count: 1",
                "fault: refuse, operation: GetCallerIdentity, code: Gone, message: <closed> & gone",
            )
        )
        sts = self.client("sts", retries={"total_max_attempts": 1})
        self.assertEqual(self.refuses("Throttling", None, sts.get_caller_identity), "Rate exceeded")
        self.assertEqual(self.refuses("Gone", None, sts.get_caller_identity), "<closed> & gone")

    def test_answers_as_another_reader_of_xml_sees_them(self):
        fields = {"größe <&>": "</FreeText> \"'\n\t😀 ]]>", "taskAnswers": '[{"a": {"b": "<c>"}}]'}
        in_yaml = "{ " + ", ".join(
            f"{json.dumps(name)}: " + json.dumps(value).replace("\\ud83d\\ude00", "\\U0001f600")
            for name, value in fields.items()
        ) + " }"
        line = f"id: {assignment(0)}, "
        self.simulator = self.simulate(world(1).replace(line, f"{line}answers: {in_yaml}, "))
        answer = self.client().get_assignment(AssignmentId=assignment(0))["Assignment"]["Answer"]
        self.assertTrue(answer.isascii())
        self.assertEqual(
            {each[0].text: each[1].text for each in xml.etree.ElementTree.fromstring(answer)},
            fields,
        )


class ItTurnsPages(Boto3):
    def setUp(self):
        Story.setUp(self)
        self.open(assignments=MANY)

    def pages(self, **config):
        pages = self.mturk.get_paginator("list_assignments_for_hit").paginate(
            HITId=TASK, PaginationConfig=config
        )
        return [[each["AssignmentId"] for each in page["Assignments"]] for page in pages]

    def test_a_page_has_ten_rows_when_nobody_asks_for_more(self):
        answer = self.mturk.list_assignments_for_hit(HITId=TASK)
        self.assertEqual(len(answer["Assignments"]), 10)
        self.assertEqual(answer["NumResults"], 10)
        self.assertEqual([len(page) for page in self.pages()], [10] * 25)

    def test_a_page_has_a_hundred_rows_at_most(self):
        self.assertEqual([len(page) for page in self.pages(PageSize=100)], [100, 100, 50])
        said = self.refuses(
            "ValidationException", None, self.mturk.list_assignments_for_hit,
            HITId=TASK, MaxResults=101,
        )
        self.assertIn("maxResults", said)

    def test_no_page_size_loses_or_doubles_a_row(self):
        everyone = [assignment(i) for i in range(MANY)]
        for size in (1, 7, 10, 99, 100):
            with self.subTest(size=size):
                rows = sum(self.pages(PageSize=size), [])
                self.assertEqual(sorted(rows), everyone)

    def test_the_last_page_names_no_next_one(self):
        self.open(assignments=20)
        first = self.mturk.list_assignments_for_hit(HITId=TASK)
        last = self.mturk.list_assignments_for_hit(HITId=TASK, NextToken=first["NextToken"])
        self.assertEqual(len(last["Assignments"]), 10)
        self.assertNotIn("NextToken", last)

    def test_a_page_token_belongs_to_its_list(self):
        token = self.mturk.list_assignments_for_hit(HITId=TASK)["NextToken"]
        self.refuses(
            "ParameterValidationError", None, self.mturk.list_assignments_for_hit,
            HITId=TASK, AssignmentStatuses=["Approved"], NextToken=token,
        )
        self.refuses(
            "ParameterValidationError", None, self.mturk.list_bonus_payments,
            HITId=TASK, NextToken=token,
        )

    def test_statuses_narrow_the_list(self):
        self.assertEqual(
            self.mturk.list_assignments_for_hit(HITId=TASK, AssignmentStatuses=["Submitted"])[
                "Assignments"
            ],
            [],
        )


class ItPays(Boto3):
    def test_a_bonus_is_listed_and_leaves_the_balance_with_its_fee(self):
        self.mturk.send_bonus(**self.bonus(UniqueRequestToken="t-1"))
        for whose in ({"HITId": TASK}, {"AssignmentId": assignment(0)}):
            with self.subTest(**whose):
                (payment,) = self.mturk.list_bonus_payments(**whose)["BonusPayments"]
                self.assertIsInstance(payment.pop("GrantTime"), datetime.datetime)
                self.assertEqual(payment, self.bonus())
        self.assertEqual(
            self.mturk.list_bonus_payments(AssignmentId=assignment(1))["BonusPayments"], []
        )
        self.assertEqual(self.mturk.get_account_balance()["AvailableBalance"], "998.20")

    def test_a_used_token_pays_nothing(self):
        bonus = self.bonus(UniqueRequestToken="t-1")
        self.mturk.send_bonus(**bonus)
        said = self.refuses("RequestError", None, self.mturk.send_bonus, **bonus)
        self.assertTrue(
            said.startswith('The idempotency token "t-1" has already been processed.'), said
        )
        self.assertEqual(self.paid(), 150)

    def test_without_a_token_the_same_call_pays_again(self):
        self.mturk.send_bonus(**self.bonus())
        self.mturk.send_bonus(**self.bonus())
        self.assertEqual(self.paid(), 300)

    def test_an_empty_account_pays_nothing(self):
        self.open(balance="1.79")
        said = self.refuses(
            "RequestError", "AWS.MechanicalTurk.InsufficientFunds", self.mturk.send_bonus,
            **self.bonus(),
        )
        self.assertTrue(said.startswith("This Requester has insufficient funds"), said)
        self.assertEqual((self.paid(), self.writes()), (0, 0))

    def test_a_bonus_needs_the_workers_own_assignment(self):
        self.refuses(
            "RequestError", "AWS.MechanicalTurk.AssignmentDoesNotExist", self.mturk.send_bonus,
            **self.bonus(AssignmentId=assignment(1)),
        )

    def test_a_list_of_bonuses_needs_a_hit_or_an_assignment(self):
        self.refuses(
            "RequestError", "AWS.MechanicalTurk.MissingParameter", self.mturk.list_bonus_payments
        )


class ItsOwnRetries(Boto3):
    """Why bursar does not leave the repeating to the SDK."""

    def test_boto3_pays_twice_when_an_answer_is_lost(self):
        self.open(faults("fault: hang-up-after, operation: SendBonus, count: 1"))
        answer = self.mturk.send_bonus(**self.bonus())
        self.assertEqual(answer["ResponseMetadata"]["RetryAttempts"], 1)
        self.assertEqual(self.paid(), 300)

    def test_with_a_token_boto3_reports_a_payment_as_refused(self):
        self.open(faults("fault: hang-up-after, operation: SendBonus, count: 1"))
        self.refuses(
            "RequestError", None, self.mturk.send_bonus, **self.bonus(UniqueRequestToken="t-1")
        )
        self.assertEqual(self.paid(), 150)

    def test_boto3_waits_when_it_is_throttled(self):
        self.open(faults("fault: throttle, operation: SendBonus, count: 1"))
        answer = self.mturk.send_bonus(**self.bonus())
        self.assertEqual(answer["ResponseMetadata"]["RetryAttempts"], 1)
        self.assertEqual(self.paid(), 150)

    def test_boto3_gives_up_on_a_server_that_stays_ill(self):
        self.open(faults("fault: server-error, operation: SendBonus"))
        self.mturk = self.client(retries={"max_attempts": 1})
        self.refuses(
            "ServiceFault", "AWS.MechanicalTurk.ServiceFault", self.mturk.send_bonus, **self.bonus()
        )
        self.assertEqual(self.paid(), 0)


class ItQualifies(Boto3):
    whom = {"QualificationTypeId": QUALIFICATION, "WorkerId": worker(0)}

    def test_a_score_is_given_changed_and_taken_away(self):
        for value in (1, 7):
            self.mturk.associate_qualification_with_worker(
                **self.whom, IntegerValue=value, SendNotification=False
            )
            grant = self.mturk.get_qualification_score(**self.whom)["Qualification"]
            self.assertEqual((grant["IntegerValue"], grant["Status"]), (value, "Granted"))
        self.mturk.disassociate_qualification_from_worker(**self.whom, Reason="Enough")
        said = self.refuses(
            "RequestError", "AWS.MechanicalTurk.InvalidQualificationState",
            self.mturk.get_qualification_score, **self.whom,
        )
        self.assertTrue(said.startswith("This operation can be called with a status of: Granted"))

    def test_a_score_that_never_was_does_not_exist(self):
        for call in (
            self.mturk.get_qualification_score,
            self.mturk.disassociate_qualification_from_worker,
        ):
            said = self.refuses(
                "RequestError", "AWS.MechanicalTurk.QualificationDoesNotExist", call, **self.whom
            )
            self.assertTrue(said.startswith("You requested a Qualification that does not exist."))

    def test_the_holders_are_listed(self):
        for number in range(5):
            self.mturk.associate_qualification_with_worker(
                QualificationTypeId=QUALIFICATION, WorkerId=worker(number), IntegerValue=number
            )
        pages = self.mturk.get_paginator("list_workers_with_qualification_type").paginate(
            QualificationTypeId=QUALIFICATION, PaginationConfig={"PageSize": 2}
        )
        scores = {
            each["WorkerId"]: each["IntegerValue"]
            for page in pages
            for each in page["Qualifications"]
        }
        self.assertEqual(scores, {worker(number): number for number in range(5)})

    def test_a_new_type_is_created_and_found(self):
        made = self.mturk.create_qualification_type(
            Name="Wave 1", Description="Took part in wave 1", QualificationTypeStatus="Active"
        )["QualificationType"]
        read = self.mturk.get_qualification_type(QualificationTypeId=made["QualificationTypeId"])
        self.assertEqual(read["QualificationType"], made)
        listed = self.mturk.list_qualification_types(
            MustBeRequestable=False, MustBeOwnedByCaller=True, Query="Wave"
        )
        self.assertEqual(listed["QualificationTypes"], [made])

    def test_a_missing_type_does_not_exist(self):
        self.refuses(
            "RequestError", "AWS.MechanicalTurk.QualificationTypeDoesNotExist",
            self.mturk.associate_qualification_with_worker,
            QualificationTypeId="3NONE", WorkerId=worker(0), IntegerValue=1,
        )


class ItDecides(Boto3):
    def setUp(self):
        Story.setUp(self)
        self.open(status="Submitted")

    def status(self, number):
        answer = self.mturk.get_assignment(AssignmentId=assignment(number))
        return answer["Assignment"]["AssignmentStatus"]

    def test_an_assignment_is_approved_once(self):
        members = {"AssignmentId": assignment(0), "RequesterFeedback": "Thanks"}
        self.mturk.approve_assignment(**members)
        said = self.refuses(
            "RequestError", "AWS.MechanicalTurk.InvalidAssignmentState",
            self.mturk.approve_assignment, **members,
        )
        self.assertTrue(said.startswith("This operation can be called with a status of: Submitted"))
        self.assertEqual(self.status(0), "Approved")
        self.assertEqual(self.spent("approve"), 24)

    def test_a_rejection_can_be_taken_back_with_an_override(self):
        self.mturk.reject_assignment(AssignmentId=assignment(0), RequesterFeedback="No joke")
        self.refuses(
            "RequestError", "AWS.MechanicalTurk.InvalidAssignmentState",
            self.mturk.approve_assignment, AssignmentId=assignment(0),
        )
        self.mturk.approve_assignment(AssignmentId=assignment(0), OverrideRejection=True)
        self.assertEqual(self.status(0), "Approved")

    def test_a_missing_assignment_does_not_exist(self):
        self.refuses(
            "RequestError", "AWS.MechanicalTurk.AssignmentDoesNotExist",
            self.mturk.approve_assignment, AssignmentId="3NONE",
        )


class ItWrites(Boto3):
    def setUp(self):
        Story.setUp(self)
        self.open(more=f"unreachable: [{UNREACHABLE}]\nworkers: [A1STRANGER]\n")

    def test_one_call_tells_who_was_not_reached(self):
        everyone = [worker(number) for number in range(5)] + ["A1STRANGER"]
        answer = self.mturk.notify_workers(
            Subject="Hello", MessageText="We paid you", WorkerIds=everyone
        )
        failures = {
            each["WorkerId"]: each["NotifyWorkersFailureCode"]
            for each in answer["NotifyWorkersFailureStatuses"]
        }
        self.assertEqual(failures, {UNREACHABLE: "HardFailure", "A1STRANGER": "HardFailure"})
        self.assertEqual(set(self.times("message")), set(everyone) - set(failures))

    def test_a_worker_is_blocked_and_unblocked(self):
        self.mturk.create_worker_block(WorkerId=worker(0), Reason="Spam")
        self.assertEqual(
            self.mturk.list_worker_blocks()["WorkerBlocks"],
            [{"WorkerId": worker(0), "Reason": "Spam"}],
        )
        self.mturk.delete_worker_block(WorkerId=worker(0))
        self.assertEqual(self.mturk.list_worker_blocks()["WorkerBlocks"], [])

    def test_a_hit_expires(self):
        self.mturk.update_expiration_for_hit(HITId=TASK, ExpireAt=datetime.datetime(2026, 1, 1))
        self.assertEqual(self.mturk.get_hit(HITId=TASK)["HIT"]["Expiration"].year, 2026)


class ItIsRefused(Boto3):
    def test_what_is_malformed(self):
        self.mturk = self.client(parameter_validation=False)
        call = self.mturk
        for operation, members, said_of in [
            (call.send_bonus, self.bonus(BonusAmount="1.005"), "bonusAmount"),
            (call.send_bonus, self.bonus(BonusAmount="-1"), "bonusAmount"),
            (call.send_bonus, self.bonus(BonusAmount="1,50"), "bonusAmount"),
            (call.send_bonus, self.bonus(WorkerId="bob"), "workerId"),
            (call.send_bonus, self.bonus(AssignmentId="3-1"), "assignmentId"),
            (call.send_bonus, self.bonus(UniqueRequestToken="t" * 65), "uniqueRequestToken"),
            (call.send_bonus, self.bonus(UniqueRequestToken=""), "uniqueRequestToken"),
            (call.get_hit, {"HITId": "3pr3"}, "hITId"),
            (call.get_hit, {"HITId": "3" * 65}, "hITId"),
            (call.get_hit, {}, "hITId"),
            (call.list_hits, {"MaxResults": 0}, "maxResults"),
            (call.list_assignments_for_hit, {"HITId": TASK, "AssignmentStatuses": ["Paid"]},
             "assignmentStatuses"),
            (call.notify_workers,
             {"Subject": "a", "MessageText": "b", "WorkerIds": [worker(0), "bob"]}, "workerIds"),
            (call.approve_assignment, {"RequesterFeedback": "Thanks"}, "assignmentId"),
        ]:
            with self.subTest(members=members):
                said = self.refuses("ValidationException", None, operation, **members)
                self.assertIn(said_of, said)
        self.assertEqual(self.writes(), 0)

    def test_what_has_the_wrong_type(self):
        # botocore prints what it is given once its own checks are off.
        call = self.client(parameter_validation=False)
        for operation, members in [
            (call.notify_workers, {"Subject": 1, "MessageText": "b", "WorkerIds": [worker(0)]}),
            (call.get_hit, {"HITId": 5}),
        ]:
            with self.subTest(members=members):
                self.refuses("SerializationException", None, operation, **members)

    def test_a_worker_whom_nobody_knows(self):
        for operation, members in [
            (self.mturk.send_bonus, self.bonus(WorkerId=NOBODY)),
            (self.mturk.create_worker_block, {"WorkerId": NOBODY, "Reason": "Spam"}),
        ]:
            with self.subTest(members=members):
                said = self.refuses("ParameterValidationError", None, operation, **members)
                self.assertIn(f'"{NOBODY}" is not valid for the parameter WorkerId', said)

    def test_a_missing_hit(self):
        for operation in (
            self.mturk.get_hit,
            self.mturk.list_assignments_for_hit,
            self.mturk.list_bonus_payments,
        ):
            said = self.refuses(
                "RequestError", "AWS.MechanicalTurk.HITDoesNotExist", operation, HITId="3NONE"
            )
            self.assertRegex(said, r"^Hit 3NONE does not exist\. \(\d+\)$")

    def test_its_exception_has_a_class_of_its_own(self):
        with self.assertRaises(self.mturk.exceptions.RequestError):
            self.mturk.get_hit(HITId="3NONE")


class ItSigns(Boto3):
    def refused(self, code, **keys):
        mturk = self.client(**keys)
        self.refuses(code, None, mturk.send_bonus, **self.bonus())
        self.assertEqual(self.writes(), 0)

    def test_with_a_wrong_secret_nothing_happens(self):
        self.refused("InvalidSignatureException", secret="wrong")

    def test_with_an_unknown_key_nothing_happens(self):
        self.refused("UnrecognizedClientException", key_id="AKIDWRONG00000000001")

    def test_who_is_asking_is_told_to_those_who_sign(self):
        for code, keys in (
            ("SignatureDoesNotMatch", {"secret": "wrong"}),
            ("InvalidClientTokenId", {"key_id": "AKIDWRONG00000000001"}),
        ):
            self.refuses(code, None, self.client("sts", **keys).get_caller_identity)

    def test_for_another_region_nothing_happens(self):
        self.refused("InvalidSignatureException", region="eu-west-1")

    def test_a_session_token_must_be_the_right_one(self):
        keys = "{ key_id: AKIDSESSION000000001, secret: hush, session_token: the-token }"
        self.open(more=f"credentials: {keys}\n")
        mturk = self.client(token="the-token")
        self.assertEqual(mturk.get_account_balance()["AvailableBalance"], "1000.00")
        self.refused("UnrecognizedClientException", token="another")
        self.refused("UnrecognizedClientException")

    def test_with_another_time_nothing_happens(self):
        for now, code in (
            ("2027-01-01T00:00:00Z", "RequestExpired"),
            ("2026-01-01T00:00:00Z", "InvalidSignatureException"),
        ):
            with self.subTest(now=now):
                self.open(more=f"now: {now}\n")
                self.refused(code)


if __name__ == "__main__":
    unittest.main()
