"""Whose keys bursar pays with: the same that Amazon's own tools would take, from the same places in
the same order. Where botocore would take other keys, or none, bursar takes none."""

import json
import os
import unittest
from unittest import mock

import amazon
from boto3 import Session
from botocore.exceptions import BotoCoreError
from house import TASK, Story, campaign, faults, worker, world

RIGHT = ("AKIDRIGHT00000000001", "right/CANARY+secret")
WRONG = ("AKIDWRONG00000000001", "wrong/CANARY+secret")
TOKEN = "FwoGZXIvYXdzECANARY//token+=="
REFUSED = 77

PRINTS = """#!/bin/sh
echo "keys are being fetched" >&2
echo '{"Version": 1, "AccessKeyId": "%s", "SecretAccessKey": "%s"%s}'
"""
LATER = ', "Expiration": "2027-11-23T14:00:00Z"'


def section(name, keys, *more):
    pair = [f"aws_access_key_id = {keys[0]}", f"aws_secret_access_key = {keys[1]}"]
    return "\n".join([f"[{name}]", "region = eu-west-1", *more, *pair, ""])


def in_environment(keys):
    return {"AWS_ACCESS_KEY_ID": keys[0], "AWS_SECRET_ACCESS_KEY": keys[1]}


class Keys(Story):
    """A home folder with AWS's files, beside a simulator that takes one pair of keys only."""

    token = None

    def setUp(self):
        super().setUp()
        token = f", session_token: {self.token}" if self.token else ""
        keys = f"credentials: {{ key_id: {RIGHT[0]}, secret: {RIGHT[1]}{token} }}\n"
        self.simulator = self.simulate(world(more=keys), self.misbehaviour())
        self.environment = {
            name: value
            for name, value in self.environment.items()
            if name == "AWS_ENDPOINT_URL_MTURK" or not name.startswith("AWS_")
        }
        self.environment["AWS_EC2_METADATA_DISABLED"] = "true"
        for name, keys in (("right", RIGHT), ("wrong", WRONG)):
            script = self.write(f"bin/{name} keys", PRINTS % (*keys, LATER))
            script.chmod(0o700)

    def misbehaviour(self):
        return None

    def process(self, name):
        return f'credential_process = "{self.folder}/bin/{name} keys" --for "the lab"\n'

    def home(self, credentials="", config=""):
        self.write(".aws/credentials", credentials)
        self.write(".aws/config", config)

    def botocore(self, profile=None, **environment):
        """The keys that botocore finds in the same place, or None when it finds or takes none."""
        with mock.patch.dict(os.environ, {**self.environment, **environment}, clear=True):
            try:
                found = Session(profile_name=profile).get_credentials()
            except BotoCoreError:
                return None
            return found and (found.access_key, found.secret_key, found.token)

    def balance(self, profile=None, **environment):
        option = ["--profile", profile] if profile else []
        said = self.bursar("balance", *option, **environment)
        self.assertNotIn("CANARY", said.stdout + said.stderr)
        return said


class TheRightKeys(Keys):
    def finds(self, profile=None, **environment):
        said = self.balance(profile, **environment)
        with self.subTest(profile=profile, **environment):
            self.assert_ends(said, 0)
            self.assertEqual(said.stdout, "1000.00 USD\n")
            self.assertEqual(self.botocore(profile, **environment), (*RIGHT, self.token))

    def test_come_first_from_the_environment(self):
        self.home(section("default", WRONG) + section("lab", WRONG), section("default", WRONG))
        self.finds(**in_environment(RIGHT))
        self.finds(**in_environment(RIGHT), AWS_PROFILE="lab")

    def test_come_from_the_named_profile_before_the_environment(self):
        self.home(section("default", WRONG) + section("lab", RIGHT))
        self.finds("lab", **in_environment(WRONG))

    def test_come_from_the_credentials_file(self):
        self.home(section("default", RIGHT) + section("lab", WRONG), section("default", WRONG))
        self.finds()

    def test_come_from_the_profile_that_the_environment_names(self):
        self.home(section("default", WRONG) + section("lab", RIGHT) + section("other", WRONG))
        self.finds(AWS_PROFILE="lab")
        self.finds(AWS_DEFAULT_PROFILE="lab")
        self.finds(AWS_DEFAULT_PROFILE="lab", AWS_PROFILE="other")
        self.finds("lab", AWS_PROFILE="other")

    def test_come_from_the_config_file(self):
        self.home(config=section("default", RIGHT) + section("profile lab", WRONG))
        self.finds()
        self.home(config=section("default", WRONG) + section("profile lab", RIGHT))
        self.finds(AWS_PROFILE="lab")
        self.home(config=section("lab", WRONG) + section('profile "lab"', RIGHT))
        self.finds("lab")

    def test_come_from_a_process(self):
        self.home(config=f"[profile lab]\n{self.process('right')}" + section("default", WRONG))
        self.finds("lab")
        self.home(credentials=f"[lab]\n{self.process('right')}")
        self.finds(AWS_PROFILE="lab")

    def test_come_from_a_process_before_the_config_file(self):
        self.home(config=section("profile lab", WRONG, self.process("right")))
        self.finds("lab")

    def test_come_from_the_credentials_file_before_a_process(self):
        self.home(section("lab", RIGHT), f"[profile lab]\n{self.process('wrong')}")
        self.finds("lab")

    def test_come_from_the_process_of_the_credentials_file_before_that_of_the_config_file(self):
        self.home(f"[lab]\n{self.process('right')}", f"[profile lab]\n{self.process('wrong')}")
        self.finds("lab")

    def test_come_from_the_process_that_stands_in_for_a_login(self):
        """What bursar itself advises to those who log in by AWS's own tools."""
        login = "role_arn = arn:aws:iam::123456789012:role/payer\n" + self.process("right")
        self.home(section("lab", WRONG), f"[profile lab]\n{login}")
        self.assert_ends(self.balance("lab"), 0)

    def test_come_from_files_that_lie_elsewhere(self):
        self.home(section("default", WRONG), section("default", WRONG))
        self.write("elsewhere/keys", section("default", RIGHT))
        self.write("elsewhere/config", section("profile lab", RIGHT))
        for folder in (self.folder, "~"):
            self.finds(AWS_SHARED_CREDENTIALS_FILE=f"{folder}/elsewhere/keys")
            self.finds("lab", AWS_CONFIG_FILE=f"{folder}/elsewhere/config")

    def test_are_read_from_files_as_people_write_them(self):
        for text in [
            "# mine\n; too\n\n[default]\nAWS_ACCESS_KEY_ID={0}\naws_secret_access_key={1}\n",
            "[default]\r\naws_access_key_id = {0}\r\naws_secret_access_key = {1}\r\n",
            "[default]\naws_access_key_id: {0}\naws_secret_access_key :{1}",
            "[default]\n  aws_access_key_id = {0}  \n  aws_secret_access_key = {1}\t\n",
            "[default]\ns3 =\n  aws_access_key_id = no\naws_access_key_id = {0}\n"
            "aws_secret_access_key = {1}\n",
        ]:
            with self.subTest(text=text):
                self.home(text.format(*RIGHT))
                self.finds()


class ASessionToken(Keys):
    token = TOKEN
    finds = TheRightKeys.finds

    def test_comes_from_the_environment(self):
        self.finds(**in_environment(RIGHT), AWS_SESSION_TOKEN=TOKEN)
        self.finds(**in_environment(RIGHT), AWS_SECURITY_TOKEN=TOKEN)

    def test_comes_from_a_file(self):
        self.home(section("default", RIGHT, f"aws_session_token = {TOKEN}"))
        self.finds()
        self.home(config=section("profile lab", RIGHT, f"aws_session_token = {TOKEN}"))
        self.finds("lab")

    def test_comes_from_a_process(self):
        script = self.write("bin/token", PRINTS % (*RIGHT, f', "SessionToken": "{TOKEN}"'))
        script.chmod(0o700)
        self.home(config=f"[default]\ncredential_process = {script}\n")
        self.finds()

    def test_of_the_environment_does_not_go_with_keys_of_a_file(self):
        self.home(section("default", RIGHT))
        self.assert_ends(self.balance(AWS_SESSION_TOKEN=TOKEN), REFUSED)
        self.assertEqual(self.botocore(AWS_SESSION_TOKEN=TOKEN), (*RIGHT, None))


class NoKeys(Keys):
    def refuses(self, *words, profile=None, **environment):
        said = self.balance(profile, **environment)
        with self.subTest(words=words):
            self.assert_ends(said, REFUSED)
            self.assert_says(said, *words)
            self.assertEqual(said.stdout, "")

    def nobody_refuses(self, *words, profile=None, **environment):
        """botocore takes no keys here either."""
        self.refuses(*words, profile=profile, **environment)
        self.assertIsNone(self.botocore(profile, **environment))

    def test_are_found_where_there_are_none(self):
        self.nobody_refuses("no credentials", "AWS_ACCESS_KEY_ID", "profile 'default'")
        self.home(section("default", RIGHT))
        self.nobody_refuses("profile 'lab'", profile="lab")
        self.nobody_refuses("profile 'lab'", AWS_PROFILE="lab")
        self.home(config=section("lab", RIGHT))  # the config file wants [profile lab]
        self.nobody_refuses("profile 'lab'", profile="lab")

    def test_are_half_a_pair(self):
        """A forgotten half never lets another identity pay."""
        self.home(section("default", RIGHT), section("profile lab", RIGHT))
        self.nobody_refuses("AWS_SECRET_ACCESS_KEY", AWS_ACCESS_KEY_ID=WRONG[0])
        self.home(
            f"[default]\naws_access_key_id = {WRONG[0]}\n", section("default", RIGHT)
        )
        self.nobody_refuses("aws_secret_access_key")

    def test_are_taken_from_a_process_that_fails(self):
        for prints, words in [
            ("#!/bin/sh\nexit 3\n", "status 3"),
            ("#!/bin/sh\necho CANARY\n", "not one JSON object"),
            ("#!/bin/sh\necho '{\"Version\": 2}'\n", "Version"),
            ('#!/bin/sh\necho \'{"Version": 1, "AccessKeyId": "CANARY"}\'\n', "SecretAccessKey"),
        ]:
            self.write("bin/broken", prints).chmod(0o700)
            self.home(config=f"[default]\ncredential_process = {self.folder}/bin/broken\n")
            self.refuses("credential_process of profile 'default'", words)
        self.home(config=f"[default]\ncredential_process = {self.folder}/bin/none\n")
        self.refuses("credential_process of profile 'default'")

    def test_are_taken_from_a_file_that_cannot_be_read(self):
        for text in [
            f"[default]\n{RIGHT[1]}\n",
            f"[default\naws_access_key_id = {RIGHT[0]}\n",
        ]:
            self.home(text)
            self.nobody_refuses(".aws/credentials")

    def test_of_a_profile_speak_for_the_role_that_it_names(self):
        """botocore would ask for the role's keys, so the profile's own pay for somebody else."""
        role = "role_arn = arn:aws:iam::123456789012:role/payer"
        for credentials, config in [
            (section("base", RIGHT), f"[profile lab]\n{role}\nsource_profile = base\n"),
            (section("lab", RIGHT), f"[profile lab]\n{role}\nsource_profile = lab\n"),
            ("", section("profile lab", RIGHT, role, "source_profile = lab")),
        ]:
            self.home(credentials, config)
            self.refuses("profile 'lab' needs a login", "export-credentials", profile="lab")

    def test_that_amazon_does_not_know_are_taken(self):
        self.refuses("did not accept the credentials", **in_environment((WRONG[0], RIGHT[1])))
        self.refuses("did not accept the credentials", **in_environment((RIGHT[0], WRONG[1])))

    def test_with_a_line_end_inside_are_taken(self):
        self.refuses("secret access key", **in_environment((RIGHT[0], RIGHT[1] + "\n")))
        self.refuses("access key id", **in_environment((RIGHT[0] + " ", RIGHT[1])))

    def test_make_no_journal(self):
        self.write("c.yaml", campaign("- bonus: { amount: 1.00, message: Thanks }"))
        self.assert_ends(self.run_campaign(), REFUSED)
        self.assertFalse(self.has_journal())
        self.assertEqual(self.writes(), 0)


class KeysThatExpire(Keys):
    def misbehaviour(self):
        return faults(
            "fault: refuse, operation: SendBonus, after: 2, count: 99, code: ExpiredTokenException,"
            ' message: "The security token included in the request is expired"'
        )

    def test_stop_the_run_and_the_next_one_goes_on(self):
        self.write("c.yaml", campaign("- bonus: { amount: 1.00, message: Thanks }"))
        keys = in_environment(RIGHT)
        said = self.assert_ends(self.run_campaign("--concurrency", "1", **keys), REFUSED)
        self.assert_says(said, "ExpiredToken")
        self.assertEqual(self.paid(), 200)
        before = self.times("bonus")
        self.simulators[-1].close()
        row = "{{ assignment: {assignment}, amount: 1.00, reason: {words}, at: {at} }}"
        paid = ", ".join(row.format(**line) for line in self.book("bonus"))
        keys_again = f"credentials: {{ key_id: {RIGHT[0]}, secret: {RIGHT[1]} }}\n"
        again = self.simulate(world(more=f"{keys_again}bonuses: [{paid}]\n"))
        self.assert_ends(self.run_campaign(**keys, AWS_ENDPOINT_URL_MTURK=again.endpoint), 0)
        self.assertEqual(
            before + self.times("bonus"), {worker(number): 1 for number in range(5)}
        )


class NoSecret(Keys):
    """Searched for in everything that the program leaves behind, and in all that it says."""

    token = TOKEN

    def misbehaviour(self):
        return faults(
            "fault: refuse, operation: SendBonus, count: 1, message: No.",
            "fault: hang-up-after, operation: SendBonus, count: 1",
            "fault: garbage, operation: NotifyWorkers, count: 1",
        )

    def files(self):
        return {path for path in self.folder.rglob("*") if path.is_file()}

    def test_is_left_behind_or_said(self):
        self.home(section("lab", RIGHT, f"aws_session_token = {TOKEN}"))
        self.write(
            "c.yaml",
            campaign(
                "- bonus: { amount: 1.00, message: Thanks }\n"
                "- notify: { subject: Hello, message: We paid you }"
            ),
        )
        given = self.files() - {self.simulator.book_path}
        said = []
        for command in [
            "check c.yaml", "workers c.yaml", "plan c.yaml -o plan.json", "plan --json c.yaml",
            "run --yes c.yaml", "run --yes c.yaml", "status c.yaml", "balance --json",
            "rehearse c.yaml --keep kept", f"status --worker {worker(1)} c.yaml",
            f"workers {TASK} --json",
        ]:
            answer = self.bursar(*command.split(), "--profile", "lab")
            self.assertIn(answer.returncode, (0, 3, 4, 64), answer.stderr)
            said.append(answer.stdout + answer.stderr)
        left = self.files() - given
        names = {path.name for path in left}
        self.assertLessEqual({"plan.json", "c.simulator.journal.jsonl"}, names)
        said += [path.read_bytes().decode("utf-8", "replace") for path in left]
        for text in said:
            for secret in ("CANARY", "AWS4-HMAC-SHA256", "Signature="):
                self.assertNotIn(secret, text)


if __name__ == "__main__":
    unittest.main()
