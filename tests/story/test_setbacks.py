"""What ends a command before it began, or stops a run on its way: the words, and the command that
comes next."""

import hashlib
import resource
import subprocess
import unittest

from bad_day import JOURNAL, PAY, TELL, BadDay
from house import BURSAR, campaign, everyone, faults, worker, world


class Setbacks(BadDay):
    """What ends a command before it began, or stops a run on its way, and what comes next."""

    REFUSED = "code: RequestError, turk_code: AWS.MechanicalTurk.InsufficientFunds, message: Empty"
    EXPIRED = "code: ExpiredTokenException, message: The security token is expired"

    def setUp(self):
        super().setUp()
        self.write("c.yaml", campaign(PAY + TELL))

    def test_on_the_way_to_the_marketplace(self):
        self.simulate(world(5)).close()
        nobody_there = self.assert_ends(self.run_campaign(), 1)
        self.simulate(world(5))
        wrong = self.bursar("run", "--yes", "c.yaml", AWS_SECRET_ACCESS_KEY="wrong")
        none = self.bursar("plan", "c.yaml", AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="")
        self.assert_golden("setbacks-before", nobody_there, wrong, none)

    def test_on_the_way_through_the_run(self):
        answers = []
        for fault, code in ((self.REFUSED, 5), (self.EXPIRED, 77)):
            self.forget()
            fault = f"fault: refuse, operation: SendBonus, after: 2, {fault}"
            self.simulate(world(5), faults(fault))
            answers.append(self.assert_ends(self.run_campaign("--concurrency", "1"), code))
            answers[-1].stdout = ""
        self.assert_golden("setbacks-within", *answers)

    def test_another_run_holds_the_journal(self):
        self.simulate(world(2), faults("fault: hang, operation: SendBonus"))
        process = self.start("run", "--yes", "c.yaml")
        self.wait_for(lambda: self.records("intend") == 2, "two in flight")
        answer = self.assert_ends(self.run_campaign(), 75)
        process.kill()
        process.communicate()
        self.assert_says(answer, f"process {process.pid}")
        self.assertEqual(self.commands_of(answer), [["status", "c.yaml"]])

    def damaged(self, change):
        path = self.folder / JOURNAL
        good = path.read_bytes()
        path.write_bytes(change(good))
        answer = self.assert_ends(self.run_campaign(), 74)
        path.write_bytes(good)
        return answer

    def test_a_damaged_journal(self):
        self.simulate(world(3))
        self.run_campaign()

        def newer(good):
            line = good.split(b"\n")[0].replace(b'"format":1', b'"format":2').split(b',"sum":')[0]
            return line + b',"sum":"' + hashlib.sha256(line).hexdigest().encode() + b'"}\n'

        changes = (
            lambda good: good.replace(b'"cents":100', b'"cents":900', 1),
            lambda good: good.replace(b"\n", b"\r\n"),
            lambda good: good.replace(b"\n", b"\n<<<<<<< ours\n", 1),
            newer,
        )
        self.assert_golden("setbacks-journal", *(self.damaged(change) for change in changes))

    def test_the_second_copy_is_only_named_where_there_is_one(self):
        self.simulate(world(3))
        self.run_campaign()
        self.forget_copies()
        answer = self.damaged(lambda good: good.replace(b'"cents":100', b'"cents":900', 1))
        self.assertEqual(self.commands_of(answer), [])
        self.assert_says(answer, "version control, a backup")

    def test_the_command_brings_it_back(self):
        self.simulate(world(3))
        self.run_campaign()
        path = self.folder / JOURNAL
        path.write_bytes(path.read_bytes().replace(b'"cents":100', b'"cents":900', 1))
        (command,) = self.commands_of(self.assert_ends(self.run_campaign(), 74))
        self.assert_ends(self.bursar(*command), 0)
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("bonus"), everyone(3))

    def test_a_plan_that_is_refused(self):
        self.simulate(world(5))
        guards = "limits: { total: 4.00, per_worker: 1.50 }\nexpect: { workers: 9 }\n"
        more = "- id: more\n  bonus: { amount: 1.00, message: M }\n"
        self.write("c.yaml", campaign(PAY + more, head=guards))
        answer = self.assert_ends(self.run_campaign(), 5)
        self.assertNotIn("A1WORKER", answer.stderr)
        answer.stdout = ""
        self.assert_golden("setbacks-refused", answer)

    def test_a_service_that_names_people_does_not_get_them_into_a_log(self):
        refuse = f"fault: refuse, operation: SendBonus, message: Worker {worker(0)} is unknown"
        self.simulate(world(30), faults(refuse))
        answer = self.assert_ends(self.run_campaign(), 3)
        self.assert_says(answer, "refusals in a row", "Worker … is unknown")
        for said in (answer, self.bursar("status", "c.yaml"), self.bursar("plan", "c.yaml")):
            self.assertNotIn("A1WORKER", said.stdout + said.stderr)

    def test_a_disk_that_fills_up(self):
        self.simulate(world(10))
        room = (6000, 6000)
        answer = subprocess.run(
            [BURSAR, "run", "--yes", "c.yaml"], cwd=self.folder, env=self.environment,
            capture_output=True, text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, room),
        )
        self.assert_ends(answer, 74)
        self.assertEqual(self.commands_of(answer), [["run", "c.yaml"]])


if __name__ == "__main__":
    unittest.main()
