"""The AWS command line, unchanged, works against the simulator. Each start of it takes a second,
so every test makes the few calls that tell something boto3's tests do not."""

import json
import subprocess
import unittest

import amazon
from house import QUALIFICATION, TASK, Story, assignment, worker, world


class TheCommandLine(Story):
    def setUp(self):
        super().setUp()
        self.simulator = self.simulate(world(25))

    def aws(self, service, operation, *arguments, **environment):
        return subprocess.run(
            ["/usr/bin/aws", service, operation, "--endpoint-url", self.simulator.endpoint]
            + ["--output", "json", "--no-cli-pager", *arguments],
            cwd=self.folder,
            env={
                **self.environment,
                "PATH": "/usr/bin:/bin",
                "AWS_DEFAULT_REGION": amazon.REGION,
                **environment,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def answer(self, *arguments):
        said = self.aws(*arguments)
        self.assertEqual((said.returncode, said.stderr), (0, ""))
        return json.loads(said.stdout) if said.stdout else None

    def refused(self, *arguments, **environment):
        said = self.aws(*arguments, **environment)
        self.assertEqual((said.returncode, said.stdout), (254, ""))
        return said.stderr.strip()

    def bonus(self, number, token):
        return [
            "mturk", "send-bonus", "--worker-id", worker(number), "--bonus-amount", "1.50",
            "--assignment-id", assignment(number), "--reason", "Danke schön",
            "--unique-request-token", token,
        ]

    def test_it_reads_what_is_there(self):
        self.assertEqual(
            self.answer("mturk", "get-account-balance"), {"AvailableBalance": "1000.00"}
        )
        hit = self.answer("mturk", "get-hit", "--hit-id", TASK)["HIT"]
        self.assertEqual((hit["HITId"], hit["MaxAssignments"]), (TASK, 25))
        self.assertEqual(self.answer("sts", "get-caller-identity")["Account"], "123456789012")

    def test_it_turns_the_pages_by_itself(self):
        listed = self.answer("mturk", "list-assignments-for-hit", "--hit-id", TASK)
        self.assertEqual(
            [each["AssignmentId"] for each in listed["Assignments"]],
            [assignment(number) for number in range(25)],
        )
        self.assertNotIn("NextToken", listed)

    def test_it_pays_qualifies_and_writes(self):
        self.assertIsNone(self.answer(*self.bonus(0, "t-1")))
        (paid,) = self.answer("mturk", "list-bonus-payments", "--hit-id", TASK)["BonusPayments"]
        self.assertEqual((paid["BonusAmount"], paid["Reason"]), ("1.50", "Danke schön"))
        said = self.refused(*self.bonus(0, "t-1"))
        self.assertIn("An error occurred (RequestError) when calling the SendBonus operation", said)
        self.assertIn('The idempotency token "t-1" has already been processed.', said)
        self.answer(
            "mturk", "associate-qualification-with-worker", "--qualification-type-id",
            QUALIFICATION, "--worker-id", worker(0), "--integer-value", "3",
            "--no-send-notification",
        )
        self.answer(
            "mturk", "notify-workers", "--subject", "Hello", "--message-text", "We paid you",
            "--worker-ids", worker(0), worker(1),
        )
        self.assertEqual(
            [line["kind"] for line in self.book()],
            ["opening", "bonus", "qualify", "message", "message"],
        )

    def test_it_is_refused_with_a_wrong_secret(self):
        said = self.refused("mturk", "get-account-balance", AWS_SECRET_ACCESS_KEY="wrong")
        self.assertIn("(InvalidSignatureException)", said)


if __name__ == "__main__":
    unittest.main()
