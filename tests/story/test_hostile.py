"""Hostile surroundings: closed and full descriptors, tiny limits, odd names, things that lie where
files belong, variables that weaken TLS. Nobody is paid twice, no record is lost, and no secret gets
anywhere."""

import os
import pathlib
import pty
import resource
import shutil
import signal
import socket
import stat
import subprocess
import threading
import time
import unittest

from house import BURSAR, Story, campaign, everyone, faults, world

PAY = "- bonus: { amount: 1.00, message: Thanks }"
JOURNAL = "c.simulator.journal.jsonl"
KEY, SECRET = "AKIACANARYCANARY0001", "c4n4ry+S3cr3t/OfFortyCharacters+4ndN0M0re"
TOKEN = "IQoJb3JpZ2luX2VjCANARY0TOKEN0THAT0MUST0NOT0GET0ANYWHERE"
NOBODY = 65534


def hardened():
    """The binary as people get it, or None: the sanitizers need more memory than any limit, and
    read their own process, which the other may not."""
    for path in (pathlib.Path(BURSAR), pathlib.Path(BURSAR).parents[1] / "release/bursar"):
        if path.exists() and b"__asan_init" not in path.read_bytes():
            return path
    return None


class Hostile(Story):
    WORLD = world(5)

    def setUp(self):
        super().setUp()
        self.simulate(self.WORLD)
        self.write("c.yaml", campaign(PAY))

    def run_with(self, *arguments, binary=BURSAR, **options):
        """`run --yes c.yaml` with options of subprocess's own."""
        command = [binary, "run", "--yes", *arguments, "c.yaml"]
        settings = {"cwd": self.folder, "env": self.environment, "timeout": 60}
        settings.update(stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return subprocess.run(command, **{**settings, **options})

    def assert_paid(self):
        self.assertEqual(self.times("bonus"), everyone(5))
        self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)

    def assert_finishes(self):
        """Whatever went before: from here the campaign comes to its end."""
        self.assert_ends(self.run_campaign(), 0)
        self.assert_paid()


class Descriptors(Hostile):
    def test_none_of_the_first_three_is_needed(self):
        for closed in ([0], [1], [2], [0, 1], [1, 2], [0, 1, 2]):
            with self.subTest(closed=closed):
                self.forget()
                self.simulate(self.WORLD)

                def close():
                    for descriptor in closed:
                        os.close(descriptor)

                answer = self.run_with(preexec_fn=close)
                self.assertEqual(answer.returncode, 0)
                self.assert_paid()
                kept = (self.folder / JOURNAL).read_text() + (self.folder / "c.yaml").read_text()
                self.assertNotIn("To send", kept)
                self.assertNotIn("bursar:", kept)

    def test_a_plan_that_cannot_be_shown_is_not_carried_out(self):
        with open("/dev/full", "w") as full:
            answer = self.run_with(stdout=full)
        self.assertEqual(answer.returncode, 1)
        self.assertIn(b"standard output cannot be written", answer.stderr)
        self.assertEqual(self.writes(), 0)

    def test_errors_that_cannot_be_shown_change_nothing(self):
        with open("/dev/full", "w") as full:
            self.assertEqual(self.run_with(stderr=full).returncode, 0)
        self.assert_paid()

    def test_a_reader_that_goes_away_stops_nothing(self):
        reading, writing = os.pipe()
        os.close(reading)
        answer = self.run_with(stdout=writing, stderr=writing)
        os.close(writing)
        self.assertEqual(answer.returncode, 0)
        self.assert_paid()

    def test_a_result_that_cannot_be_shown_is_no_success(self):
        with open("/dev/full", "w") as full:
            answer = self.run_with("--json", stdout=full)
        self.assertEqual(answer.returncode, 1)
        self.assert_paid()

    def test_a_terminal_that_closes_at_the_question_sends_nothing(self):
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.folder)
            os.execve(BURSAR, [BURSAR, "run", "c.yaml"], self.environment)
        shown = b""
        while b"Go ahead?" not in shown:
            shown += os.read(terminal, 4096)
        os.close(terminal)
        _, status = os.waitpid(process, 0)
        self.assertIn(os.waitstatus_to_exitcode(status), (5, 130))
        self.assertEqual(self.writes(), 0)
        self.assertFalse(self.has_journal())


class Limits(Hostile):
    def limited(self, what, size, **options):
        limit = lambda: resource.setrlimit(what, (size, size))
        return self.run_with(preexec_fn=limit, **options)

    def test_few_descriptors(self):
        """127 is the loader's, which finds no room for our libraries."""
        for count in (3, 4, 5, 6, 7, 8, 9, 10, 12, 14):
            with self.subTest(count=count):
                answer = self.limited(resource.RLIMIT_NOFILE, count)
                self.assertIn(answer.returncode, (0, 1, 4, 65, 74, 77, 127), answer.stderr)
                self.assert_nobody_twice()
                if answer.returncode == 0:
                    self.assert_paid()
        self.assert_finishes()

    def test_little_memory(self):
        binary = hardened()
        if not binary:
            self.skipTest("no binary without sanitizers")
        ends = set()
        for mebibytes in range(4, 60, 2):
            size = mebibytes * 1024 * 1024
            answer = self.limited(resource.RLIMIT_AS, size, binary=binary)
            ends.add(answer.returncode)
            self.assert_nobody_twice()
        self.assertIn(0, ends, "the largest limit is enough")
        self.assertLessEqual(ends, {0, 1, 4, 65, 74, 77, 127}, "and none ends in a crash")
        self.assert_finishes()

    def test_a_file_that_may_not_grow(self):
        for size in (0, 10, 500, 1000, 2000, 3000, 4000):
            with self.subTest(size=size):
                answer = self.limited(resource.RLIMIT_FSIZE, size)
                self.assertIn(answer.returncode, (0, 74), answer.stderr)
                self.assert_nobody_twice()
        self.assert_finishes()


class Names(Hostile):
    def in_folder(self, name):
        """The same story in a folder of that name below its own."""
        place = os.path.join(os.fsencode(self.folder), name)
        os.makedirs(place)
        shutil.copy(self.folder / "c.yaml", os.path.join(place, b"c.yaml"))
        return place

    def assert_pays(self, place, file=b"c.yaml", words=()):
        self.simulate(self.WORLD)
        for expected in (5, 0):
            answer = subprocess.run(
                [BURSAR, b"run", b"--yes", b"--json", *words, file],
                cwd=place,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=60,
            )
            self.assertEqual(answer.returncode, 0, answer.stderr)
            self.assertIn(b'{"done": %d,' % expected, answer.stdout)
            for unseen in (b"\x1b", b"\xff", b"\xc2\x9b", b"\xe2\x80\xae"):
                self.assertNotIn(unseen, answer.stdout + answer.stderr)
        self.assertEqual(self.times("bonus"), everyone(5))

    def test_folders_with_odd_names(self):
        odd = (
            b"two  words",
            b"-rf",
            b"line\nbursar: 5 done",
            b"\xff\xfe",
            b"\x1b[31m",
            b"\xc2\x9b31m\xe2\x80\xae",
            b"'; exit 3; '",
            b"%s%n",
            b"c.journal.jsonl",
        )
        for name in odd:
            with self.subTest(name):
                place = self.in_folder(name)
                self.assert_pays(place)
                self.assert_pays(self.in_folder(name + b"2"), os.path.join(b".", b"c.yaml"))
                outer = self.in_folder(name + b"3/inner")
                self.assert_pays(os.path.dirname(outer), b"inner/c.yaml")

    def test_files_with_odd_names(self):
        for name in (b"-c.yaml", b"a b.yaml", b"\xff.yaml", b"\x1b[2J\n.yaml", b".yaml"):
            with self.subTest(name):
                place = self.in_folder(b"file" + name)
                os.rename(os.path.join(place, b"c.yaml"), os.path.join(place, name))
                self.assert_pays(place, name, [b"--"])

    def test_a_path_of_four_thousand_bytes(self):
        place = os.fsencode(self.folder)
        while len(place) < 4000:
            place = os.path.join(place, b"d" * min(200, 4000 - len(place)))
        for depth in (place, place + b"x" * 80):
            os.makedirs(depth, exist_ok=True)
            shutil.copy(self.folder / "c.yaml", os.path.join(depth, b"c.yaml"))
        self.assert_pays(self.folder, os.path.join(place, b"c.yaml"))
        too_long = self.bursar("run", "--yes", os.fsdecode(place) + "/" + "e" * 300 + ".yaml")
        self.assert_ends(too_long, 65)
        self.simulate(self.WORLD)
        barely = self.run_with(cwd=self.folder, timeout=60)  # and the short one still works
        self.assertEqual(barely.returncode, 0)
        deep = os.fsdecode(place) + "x" * 80 + "/c.yaml"  # its journal's name is too long
        answer = self.bursar("run", "--yes", deep)
        self.assert_ends(answer, 74)
        self.assert_says(answer, "too long")


class Places(Hostile):
    """What may lie where bursar would put a file."""

    def lay(self, kind, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "folder":
            path.mkdir()
        elif kind == "socket":
            sock = socket.socket(socket.AF_UNIX)
            self.addCleanup(sock.close)
            sock.bind(os.path.relpath(path))
        elif kind == "link":
            self.write("victim", "keep me")
            path.symlink_to(self.folder / "victim")
        elif kind == "hard link":
            self.write("victim", "keep me")
            path.hardlink_to(self.folder / "victim")
        elif kind == "dangling link":
            path.symlink_to(self.folder / "nowhere")

    def take_away(self, path):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
        (self.folder / "victim").unlink(missing_ok=True)

    def assert_untouched(self):
        victim = self.folder / "victim"
        self.assertTrue(not victim.exists() or victim.read_text() == "keep me")
        self.assertFalse((self.folder / "nowhere").exists())

    KINDS = ("pipe", "folder", "socket", "link", "dangling link", "hard link")

    def test_where_the_journal_or_its_lock_belongs(self):
        for name in (JOURNAL, JOURNAL + ".lock"):
            for kind in self.KINDS:
                if (name, kind) == (JOURNAL, "hard link"):
                    continue  # that is no journal: it does not begin as one
                with self.subTest(kind, name=name):
                    (self.folder / (JOURNAL + ".lock")).unlink(missing_ok=True)
                    self.lay(kind, self.folder / name)
                    answer = self.assert_ends(self.run_campaign(), 74)
                    self.assertIn(name, answer.stderr)
                    self.assertEqual(self.writes(), 0)
                    self.assert_untouched()
                    self.take_away(self.folder / name)
        self.assert_finishes()

    def test_where_the_second_copy_belongs(self):
        more = PAY + f"\n- id: more\n  {PAY[2:]}"
        for kind in self.KINDS:
            with self.subTest(kind):
                self.forget()
                self.simulate(self.WORLD)
                self.write("c.yaml", campaign(PAY))
                self.assert_ends(self.run_campaign(), 0)
                copy = next((self.folder / "state/bursar/journals").glob("*.jsonl"))
                copy.unlink()
                self.lay(kind, copy)
                self.write("c.yaml", campaign(more))
                answer = self.assert_ends(self.run_campaign(), 0)
                self.assert_says(answer, "warning: no second copy of the journal is kept")
                self.assert_untouched()
                (self.folder / "victim").unlink(missing_ok=True)

    def test_where_a_plan_is_saved(self):
        for kind in self.KINDS[:3] + ("dangling link",):
            with self.subTest(kind):
                self.lay(kind, self.folder / "p.json")
                answer = self.assert_ends(self.bursar("plan", "-o", "p.json", "c.yaml"), 1)
                self.assertIn("p.json", answer.stderr)
                self.assert_untouched()
                self.take_away(self.folder / "p.json")
        self.assert_ends(self.bursar("plan", "-o", "/dev/full", "c.yaml"), 1)

    def test_a_plan_is_its_owner_s_whatever_the_umask(self):
        command = [BURSAR, "plan", "-o", "p.json", "c.yaml"]
        subprocess.run(
            command, cwd=self.folder, env=self.environment, preexec_fn=lambda: os.umask(0),
            stdout=subprocess.DEVNULL, check=True,
        )
        self.run_with(preexec_fn=lambda: os.umask(0))
        self.assert_paid()
        for path in self.folder.rglob("*"):
            if path.name not in ("c.yaml", "world.yaml") and not path.name.startswith("book"):
                self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)

    def test_a_file_system_that_is_read_only(self):
        mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", self.folder / "disk"]
        (self.folder / "disk").mkdir()
        if subprocess.run(mount, stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest("nothing can be mounted here")
        self.addCleanup(subprocess.run, ["umount", "-l", self.folder / "disk"])
        shutil.copy(self.folder / "c.yaml", self.folder / "disk/c.yaml")
        subprocess.run(["mount", "-o", "remount,ro", self.folder / "disk"], check=True)
        answer = self.assert_ends(self.run_campaign(name="disk/c.yaml"), 74)
        self.assert_says(answer, "Read-only file system")
        self.assertEqual(self.writes(), 0)
        subprocess.run(["mount", "-o", "remount,rw", self.folder / "disk"], check=True)
        (self.folder / "disk/full").write_bytes(b"x" * 200_000)
        answer = self.assert_ends(self.run_campaign(name="disk/c.yaml"), 74)
        self.assert_says(answer, "free some space")
        self.assert_nobody_twice()
        (self.folder / "disk/full").unlink()
        self.assert_ends(self.run_campaign(name="disk/c.yaml"), 0)
        self.assertEqual(self.times("bonus"), everyone(5))


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
            ALL_PROXY=hostile,
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
