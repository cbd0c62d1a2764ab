"""What bursar puts on the wire, held against botocore: whole runs are recorded, and every request
is built a second time by Amazon's own client."""

import hashlib
import json
import unittest

import amazon
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.credentials import Credentials
from botocore.validate import ParamValidator
from house import QUALIFICATION, TASK, Story, assignment, campaign, faults, worker, world
from recorder import Recorder

KEY_ID, SECRET, TOKEN = "AKIDRECORDED00000001", "a/secret+of=forty", "FwoGZXIvYXdzEBYaDJ//token+=="
PEOPLE = 130  # more than one page and more than one batch of messages
WORKER_OF = {assignment(number): worker(number) for number in range(PEOPLE)}
ALL = {
    "GetAccountBalance", "GetHIT", "ListAssignmentsForHIT", "ListBonusPayments", "GetAssignment",
    "ApproveAssignment", "AssociateQualificationWithWorker", "SendBonus", "NotifyWorkers",
    "ListWorkersWithQualificationType",
}
ERROR_MEMBERS = {"__type", "Message", "message", "TurkErrorCode"}
WORDS = 'Sch\\u00f6n \\u2713 \\U0001F389 \\"so\\" \\\\ <b>&amp;</b> / \\t$1.00'
STEPS = f"""
- approve: {{ feedback: "{WORDS}" }}
- qualify: {{ qualification: {QUALIFICATION}, value: 7 }}
- bonus: {{ amount: 1.10, message: "{WORDS}" }}
- id: once
  bonus: {{ amount: 12, message: Thanks, per: worker }}
- notify: {{ subject: "{WORDS}", message: "{WORDS}" }}
"""
# The first two make bursar ask what became of a call: of a payment, and of an approval.
FAULTS = faults(
    "fault: hang-up-after, operation: SendBonus, after: 20, count: 1",
    "fault: hang-up-after, operation: ApproveAssignment, after: 20, count: 1",
    "fault: hang-up-before, operation: SendBonus, after: 30, count: 2",
    "fault: throttle, operation: AssociateQualificationWithWorker, after: 5, count: 1",
)


def operation(exchange):
    return dict(exchange.headers)["X-Amz-Target"].removeprefix(amazon.TARGET)


def header(exchange, name):
    return {each.lower(): value for each, value in exchange.headers}.get(name)


def _bytes(value):
    return value if isinstance(value, bytes) else value.encode()


def signed_names(authorization):
    return authorization.partition("SignedHeaders=")[2].partition(",")[0].split(";")


class Botocore:
    """Builds requests as botocore does, and sends none."""

    def __init__(self, recorder):
        recorder.environment = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
        self.client = amazon.client(recorder, token=TOKEN)
        self.client.meta.events.register("before-send.mturk", self.keep)
        self.methods = {
            name: method for method, name in self.client.meta.method_to_api_mapping.items()
        }

    def keep(self, request, **_):
        self.kept = request
        answer = AWSResponse(request.url, 200, {}, None)
        answer._content = b"{}"
        return answer

    def build(self, name, members):
        getattr(self.client, self.methods[name])(**members)
        return self.kept


class TheRequests(unittest.TestCase):
    """One campaign is run and planned again; the tests look at what was recorded."""

    @classmethod
    def setUpClass(cls):
        story = Story()
        story.setUp()
        cls.addClassCleanup(story.doCleanups)
        keys = f"credentials: {{ key_id: {KEY_ID}, secret: {SECRET}, session_token: {TOKEN} }}\n"
        simulator = story.simulate(world(PEOPLE, "Submitted", "9000.00", more=keys), FAULTS)
        journal = story.folder / "c.simulator.journal.jsonl"
        cls.recorder = Recorder(simulator.endpoint, journal)
        cls.addClassCleanup(cls.recorder.close)
        story.environment["AWS_ENDPOINT_URL_MTURK"] = cls.recorder.endpoint
        story.environment["AWS_SESSION_TOKEN"] = TOKEN
        story.write("c.yaml", campaign(STEPS, head="limits: { total: 9999 }\n"))
        story.assert_ends(story.run_campaign("--concurrency", "4"), 0)
        story.assert_ends(story.bursar("plan", "c.yaml"), 0)
        cls.exchanges = cls.recorder.exchanges
        cls.records = journal.read_bytes()
        cls.book = story.book()
        cls.model = amazon.service_model()

    def of(self, *names):
        """The recorded requests of these operations, with their members."""
        return [
            (each, json.loads(each.body)) for each in self.exchanges if operation(each) in names
        ]

    def journal(self, size=None):
        """The records, or as many as stood there whole in the first bytes."""
        whole, _, _ = self.records[:size].rpartition(b"\n")
        return [json.loads(line) for line in whole.splitlines()]

    def test_the_run_asked_everything_that_bursar_can_ask(self):
        self.assertEqual({operation(each) for each in self.exchanges}, ALL)
        asked = [members for _, members in self.of("ListBonusPayments")]
        self.assertTrue(any("AssignmentId" in members for members in asked))
        self.assertTrue(any("NextToken" in members for members in asked))
        self.assertTrue(
            any("NextToken" in members for _, members in self.of("ListAssignmentsForHIT"))
        )
        self.assertEqual(
            [len(members["WorkerIds"]) for _, members in self.of("NotifyWorkers")], [100, 30]
        )

    def test_they_are_what_botocore_would_have_sent(self):
        botocore = Botocore(self.recorder)
        self.addCleanup(botocore.client.close)
        for each in self.exchanges:
            with self.subTest(body=each.body):
                theirs = botocore.build(operation(each), json.loads(each.body))
                ours = dict(each.headers)
                self.assertEqual(each.method, theirs.method)
                self.assertEqual(self.recorder.endpoint + each.path, theirs.url)
                self.assertEqual(json.loads(each.body), json.loads(theirs.body))
                for name in ("Content-Type", "X-Amz-Target", "X-Amz-Security-Token"):
                    self.assertEqual(ours[name].encode(), _bytes(theirs.headers[name]), name)
                self.assertEqual(
                    signed_names(ours["Authorization"]),
                    signed_names(_bytes(theirs.headers["Authorization"]).decode()),
                )

    def test_their_headers_are_few_and_plain(self):
        expected = {
            "authorization", "content-length", "content-type", "host", "x-amz-date",
            "x-amz-security-token", "x-amz-target",
        }
        for each in self.exchanges:
            names = [name.lower() for name, _ in each.headers]
            self.assertEqual(len(set(names)), len(names), names)
            self.assertEqual(set(names) - {"user-agent", "accept"}, expected)
            self.assertEqual(int(header(each, "content-length")), len(each.body))

    def test_botocore_computes_the_same_signature(self):
        signer = SigV4Auth(Credentials(KEY_ID, SECRET, TOKEN), amazon.SERVICE, amazon.REGION)
        for each in self.exchanges:
            date, sent = header(each, "x-amz-date"), header(each, "authorization")
            names = signed_names(sent)
            again = AWSRequest(
                method=each.method,
                url=self.recorder.endpoint + each.path,
                headers={name: header(each, name) for name in names},
                data=each.body,
            )
            again.context["timestamp"] = date
            to_sign = signer.string_to_sign(again, signer.canonical_request(again))
            self.assertEqual(
                sent,
                f"AWS4-HMAC-SHA256 Credential={KEY_ID}/{date[:8]}/us-east-1/mturk-requester"
                f"/aws4_request, SignedHeaders={';'.join(names)}, "
                f"Signature={signer.signature(to_sign, again)}",
            )

    def test_their_bodies_fit_the_service_model(self):
        validator = ParamValidator()
        for each in self.exchanges:
            members = json.loads(each.body)
            shape = self.model.operation_model(operation(each)).input_shape
            self.assertFalse(validator.validate(members, shape).has_errors(), each.body)
            self.assertEqual(amazon.misfits(members, shape), [])

    def test_lists_are_asked_for_with_the_largest_pages(self):
        for _, members in self.of("ListAssignmentsForHIT", "ListBonusPayments"):
            self.assertEqual(members["MaxResults"], 100)

    def test_nobody_is_mailed_about_a_qualification(self):
        for _, members in self.of("AssociateQualificationWithWorker"):
            self.assertIs(members["SendNotification"], False)

    def test_a_bonus_carries_its_key_as_the_token(self):
        keys = {}
        for line in self.journal():
            if line["kind"] == "intend" and line["do"] == "bonus":
                keys[line["key"]] = (line["person"]["worker"], line["step"])
        self.assertEqual(len(keys), 2 * PEOPLE)
        for _, members in self.of("SendBonus"):
            who, step = keys[members["UniqueRequestToken"]]
            self.assertEqual(members["WorkerId"], who)
            target = members["AssignmentId"] if step == "bonus" else who
            fields = ["bursar/1", "mturk", "simulator", "joke", step, "bonus", target]
            text = b"".join(len(each).to_bytes(4, "big") + each.encode() for each in fields)
            self.assertEqual(members["UniqueRequestToken"], hashlib.sha256(text).hexdigest())

    def test_a_bonus_is_repeated_with_the_same_bytes(self):
        bodies = {}
        for each, members in self.of("SendBonus"):
            bodies.setdefault(members["UniqueRequestToken"], []).append(each.body)
        repeated = [sent for sent in bodies.values() if len(sent) > 1]
        self.assertEqual(len(repeated), 2)  # the two of which nothing had arrived
        for sent in repeated:
            self.assertEqual(len(set(sent)), 1)

    def test_the_journal_holds_an_intent_before_the_request_leaves(self):
        kinds = {
            "SendBonus": "bonus",
            "ApproveAssignment": "approve",
            "AssociateQualificationWithWorker": "qualify",
            "NotifyWorkers": "notify",
        }
        for each, members in self.of(*kinds):
            people = members.get("WorkerIds") or [members.get("WorkerId")]
            if "AssignmentId" in members:
                people = [WORKER_OF[members["AssignmentId"]]]
            before = {
                line["person"]["worker"]
                for line in self.journal(each.size)
                if line["kind"] == "intend" and line["do"] == kinds[operation(each)]
            }
            self.assertLessEqual(set(people), before)

    def test_money_is_written_with_two_decimals(self):
        amounts = {members["BonusAmount"] for _, members in self.of("SendBonus")}
        self.assertEqual(amounts, {"1.10", "12.00"})

    def test_the_simulator_answers_as_the_model_says(self):
        answered = [each for each in self.exchanges if each.status == 200 and each.answer]
        refused = [each for each in self.exchanges if each.status == 400]
        self.assertGreater(len(answered), PEOPLE)
        self.assertGreater(len(refused), 0)
        for each in answered:
            shape = self.model.operation_model(operation(each)).output_shape
            self.assertEqual(amazon.misfits(json.loads(each.answer), shape), [])
        for each in refused:
            self.assertLessEqual(set(json.loads(each.answer)), ERROR_MEMBERS)


class TheEnvironment(Story):
    def headers(self, **environment):
        simulator = self.simulate(world())
        recorder = Recorder(simulator.endpoint)
        self.addCleanup(recorder.close)
        self.bursar("balance", "--endpoint", recorder.endpoint, **environment)
        return recorder.exchanges[0]

    def test_without_a_session_token_none_is_sent(self):
        sent = self.headers()
        self.assertIsNone(header(sent, "x-amz-security-token"))
        self.assertEqual(
            signed_names(header(sent, "authorization")),
            ["content-type", "host", "x-amz-date", "x-amz-target"],
        )

    def test_no_region_of_the_environment_counts(self):
        sent = self.headers(AWS_REGION="eu-west-1", AWS_DEFAULT_REGION="eu-west-1")
        self.assertIn("/us-east-1/mturk-requester/aws4_request,", header(sent, "authorization"))


class TheModelCheck(unittest.TestCase):
    def test_it_finds_what_does_not_fit(self):
        model = amazon.service_model()
        bonus = {"WorkerId": "A1", "AssignmentId": "3A", "BonusAmount": "1.00", "Reason": "Hi"}
        listing = {"HITId": "3H"}
        mail = {"Subject": "a", "MessageText": "b", "WorkerIds": ["A1"]}
        for name, members in [
            ("SendBonus", {**bonus, "BonusAmount": "1.005"}),
            ("SendBonus", {**bonus, "BonusAmount": 1.00}),
            ("SendBonus", {**bonus, "WorkerId": "B1"}),
            ("SendBonus", {**bonus, "UniqueRequestToken": "t" * 65}),
            ("SendBonus", {**bonus, "Amount": "1.00"}),
            ("SendBonus", {"WorkerId": "A1"}),
            ("ListAssignmentsForHIT", {**listing, "MaxResults": 101}),
            ("ListAssignmentsForHIT", {**listing, "MaxResults": True}),
            ("ListAssignmentsForHIT", {**listing, "AssignmentStatuses": ["Paid"]}),
            ("ListAssignmentsForHIT", {**listing, "NextToken": None}),
            ("NotifyWorkers", {**mail, "WorkerIds": "A1"}),
            ("NotifyWorkers", {**mail, "WorkerIds": ["A1"] * 101}),
            ("NotifyWorkers", {**mail, "Subject": "a" * 201}),
        ]:
            with self.subTest(members=members):
                shape = model.operation_model(name).input_shape
                self.assertNotEqual(amazon.misfits(members, shape), [])


if __name__ == "__main__":
    unittest.main()
