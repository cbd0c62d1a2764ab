"""Keys, tokens and signatures get nowhere but to the service, and what in the environment weakens
TLS or leads elsewhere is ignored or shown."""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import threading
import unittest

from hostile import Hostile, hardened
from house import everyone, faults, world

NOBODY = 65534
KEY, SECRET = "AKIACANARYCANARY0001", "c4n4ry+S3cr3t/OfFortyCharacters+4ndN0M0re"
TOKEN = "IQoJb3JpZ2luX2VjCANARY0TOKEN0THAT0MUST0NOT0GET0ANYWHERE"


class Secrets(Hostile):
    WORLD = (
        f'credentials: {{ key_id: {KEY}, secret: "{SECRET}", session_token: {TOKEN} }}\n' + world(5)
    )

    def assert_nowhere(self, *texts):
        everything = "".join(texts)
        mine = {"world.yaml", "credentials", "process"}
        for path in self.folder.rglob("*"):
            if path.is_file() and path.name not in mine:
                everything += path.read_text()
        for secret in (SECRET, TOKEN, "AWS4-HMAC", "Signature="):
            self.assertFalse(secret in everything, f"{secret[:12]}… got out")

    def use_profile(self, mode=0o600, more=""):
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
            self.environment.pop(name, None)
        keys = f"aws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n"
        path = self.write(".aws/credentials", f"[default]\n{keys}aws_session_token = {TOKEN}\n")
        path.chmod(mode)

    def test_they_get_into_no_file_and_are_never_shown(self):
        rows = [
            "fault: hang-up-after, operation: SendBonus, count: 1",
            "fault: refuse, operation: SendBonus, count: 1, message: No.",
            "fault: half-answer, operation: SendBonus, count: 1",
        ]
        self.simulate(self.WORLD, faults(*rows))
        self.use_profile()
        said = ""
        for words in (
            ["check"], ["balance"], ["workers"], ["plan", "-o", "p.json"], ["run", "--yes"],
            ["run", "--yes", "--retry-refused"], ["status"], ["status", "--json"], ["resolve"],
            ["journal", "verify"],
        ):
            answer = self.bursar(*words, "c.yaml")
            said += answer.stdout + answer.stderr
        self.assertEqual(self.times("bonus"), everyone(5))
        self.assert_nowhere(said)

    def test_a_wrong_one_is_not_shown_either(self):
        self.use_profile()
        path = self.folder / ".aws/credentials"
        for right, wrong in ((SECRET, SECRET + "x"), (TOKEN, TOKEN + "x")):
            text = path.read_text()
            path.write_text(text.replace(right, wrong))
            answer = self.assert_ends(self.run_campaign(), 77)
            self.assert_nowhere(answer.stdout, answer.stderr)
            path.write_text(text)

    def test_no_program_is_told_them(self):
        """A credential_process sees its own words only, and its answer goes nowhere."""
        script = self.write(
            "process",
            "#!/bin/sh\ntr '\\0' ' ' </proc/self/cmdline >seen\nls -l /proc/self/fd >>seen\n"
            f'echo \'{{"Version": 1, "AccessKeyId": "{KEY}", "SecretAccessKey": "{SECRET}", '
            f'"SessionToken": "{TOKEN}"}}\'\n',
        )
        script.chmod(0o700)
        self.use_profile()
        (self.folder / ".aws/credentials").unlink()
        self.write(".aws/config", f"[default]\ncredential_process = {script} --for bursar\n")
        answer = self.assert_ends(self.run_campaign(), 0)
        self.assert_nowhere(answer.stdout, answer.stderr)
        self.assertNotIn("journal", (self.folder / "seen").read_text())

    def test_a_key_file_that_others_can_read_is_named(self):
        self.use_profile(0o644)
        answer = self.assert_ends(self.run_campaign(), 0)
        self.assert_says(answer, ".aws/credentials holds an AWS key and can be read by everyone")
        (self.folder / ".aws/credentials").chmod(0o600)
        self.assertNotIn("holds an AWS key", self.run_campaign().stderr)

    def test_a_crash_leaves_no_core(self):
        self.simulate(self.WORLD, faults("fault: hang, operation: SendBonus, count: 1"))
        process = self.start("run", "--yes", "c.yaml")
        self.addCleanup(process.communicate)
        self.wait_for(self.has_journal, "the run begins")
        limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text()
        self.assertRegex(limits, r"Max core file size +0 +0 ")
        process.send_signal(signal.SIGABRT)
        self.assertEqual(process.wait(timeout=20), -signal.SIGABRT)
        self.assertEqual([path.name for path in self.folder.glob("*core*")], [])
        self.assert_nowhere()

    def test_no_other_process_of_the_user_reads_our_memory(self):
        """What may not be traced belongs to root in /proc, whoever runs it."""
        binary = hardened()
        if not binary:
            self.skipTest("no binary without sanitizers")
        self.simulate(self.WORLD, faults("fault: hang, operation: SendBonus, count: 1"))
        shutil.copy(binary, self.folder / "bursar")
        self.folder.chmod(0o777)

        def be_nobody():
            if os.geteuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)

        process = subprocess.Popen(
            [self.folder / "bursar", "run", "--yes", "c.yaml"], cwd=self.folder,
            env=self.environment, preexec_fn=be_nobody, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.wait_for(self.has_journal, "the run begins")
        for name in ("mem", "environ", "maps"):
            self.assertEqual(os.stat(f"/proc/{process.pid}/{name}").st_uid, 0, name)


class Proxy:
    """Refuses to connect to anyone, and keeps what it was sent."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.seen = b""
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with client:
                self.seen += client.recv(65536)
                client.sendall(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class Variables(Hostile):
    def test_what_weakens_tls_is_ignored(self):
        log, hostile = self.folder / "tls-keys", str(self.folder / "hostile")
        os.mkfifo(hostile)  # whoever opens it would wait for ever
        answer = self.bursar(
            "run", "--yes", "c.yaml",
            SSLKEYLOGFILE=str(log), OPENSSL_CONF=hostile, SSL_CERT_FILE=hostile,
            SSL_CERT_DIR=hostile, CURL_CA_BUNDLE=hostile, CURL_HOME=hostile, http_proxy=hostile,
            ALL_PROXY=hostile, timeout=20,
        )
        self.assert_ends(answer, 0)
        self.assert_paid()
        self.assertFalse(log.exists())
        self.assertNotIn("hostile", answer.stdout + answer.stderr)

    def test_a_proxy_is_used_shown_and_told_nothing(self):
        proxy = Proxy()
        self.addCleanup(proxy.close)
        del self.environment["AWS_ENDPOINT_URL_MTURK"]
        self.environment["HTTPS_PROXY"] = f"http://user:PASSWORD@{proxy.address}"
        self.environment["NO_PROXY"] = "elsewhere.example"
        answer = self.start("balance", "--environment", "sandbox")
        self.addCleanup(answer.communicate)
        line = answer.stderr.readline()
        self.wait_for(lambda: proxy.seen, "the proxy is asked")
        answer.send_signal(signal.SIGINT)
        said = line + answer.stderr.read()
        self.assertEqual(answer.wait(timeout=20), 130)
        self.assertIn(f"through the proxy {proxy.address} (HTTPS_PROXY), except to elsewhere", line)
        self.assertNotIn("PASSWORD", said)
        self.assertIn(b"CONNECT mturk-requester-sandbox.us-east-1.amazonaws.com:443", proxy.seen)
        self.assertNotIn(b"AWS4", proxy.seen)
        self.assertNotIn(b"amz", proxy.seen.lower().replace(b"amazonaws", b""))

    def test_a_proxy_is_not_mentioned_where_none_is_used(self):
        answer = self.bursar("plan", "c.yaml", HTTPS_PROXY="http://127.0.0.1:9")
        self.assert_ends(answer, 0)
        self.assertNotIn("proxy", answer.stderr)

    def test_certificates_of_one_s_own_are_shown(self):
        bundle = self.write("mine.pem", "")
        answer = self.bursar(
            "balance", "--environment", "sandbox", "--endpoint", "https://127.0.0.1:9",
            AWS_CA_BUNDLE=str(bundle), timeout=100,
        )
        self.assertNotEqual(answer.returncode, 0)
        self.assert_says(answer, f"certificates are trusted by {bundle} (AWS_CA_BUNDLE)")


if __name__ == "__main__":
    unittest.main()
