"""Answers that break off at every byte, in whole runs, plain and under TLS: by a close, by a reset,
by silence. Each deed was carried out; nothing but a whole answer may count as one, and what moves
money is looked up, not repeated. A message cannot be looked up, so it stays unknown.

One run meets all cuts: every worker's answer, or every message's, is cut at another byte. Here at
some of the bytes; BURSAR_CUTS=all cuts at each, and waits for silent connections too."""

import os
import select
import shutil
import socket
import ssl
import struct
import subprocess
import threading
import unittest

from house import QUALIFICATION, Story, campaign, everyone, faults, world, worker

EVERY = os.environ.get("BURSAR_CUTS") == "all"
BYTES = range(1, 261, 1 if EVERY else 13)  # an answer has 200 to 230; beyond it the last is lost
PEOPLE = len(BYTES)
DEEDS = {
    "ApproveAssignment": ("approve", "- approve: { feedback: Well done }"),
    "AssociateQualificationWithWorker": (
        "qualify",
        f"- qualify: {{ qualification: {QUALIFICATION}, value: 1 }}",
    ),
    "SendBonus": ("bonus", "- bonus: { amount: 1.00, message: Thanks }"),
}


class Front:
    """Speaks TLS and passes bytes on to the simulator and back. When the simulator closes, it does,
    with TLS's own word for it or without; what is reset is reset."""

    def __init__(self, folder, address, says_goodbye):
        self.address, self.says_goodbye = address, says_goodbye
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(folder / "here.pem", folder / "here.key")
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.endpoint = f"https://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, plain):
        service = socket.create_connection(self.address)
        try:
            client = self.context.wrap_socket(plain, server_side=True)
        except OSError:
            return
        try:
            while self.pass_on(client, service):
                pass
            if self.says_goodbye:
                client.unwrap()
        except ConnectionResetError:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except OSError:
            pass  # the client has gone
        service.close()
        client.close()

    @staticmethod
    def pass_on(client, service):
        """What has come from either; False when one of them has ended."""
        ready = [client] if client.pending() else select.select([client, service], [], [])[0]
        for one, other in ((client, service), (service, client)):
            if one in ready:
                piece = one.recv(65536)
                if not piece:
                    return False
                other.sendall(piece)
        return True

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class Cut(Story):
    ENDS = ("close", "reset", "hang") if EVERY else ("close", "reset")

    def reach(self, simulator):
        """How bursar comes to the simulator; under TLS by another address."""

    def fault_end(self, end):
        """What the simulator is told."""
        return end

    def cut_deeds(self, operation, end):
        """A run in which the n-th worker's answer is cut at the n-th of the bytes."""
        rows = [
            f"fault: half-answer, operation: {operation}, worker: {worker(i)}, at_byte: {at_byte}, "
            f"end: {self.fault_end(end)}, count: 1"
            for i, at_byte in enumerate(BYTES)
        ]
        if operation == "ApproveAssignment":  # which names no worker, so in order
            rows = [
                f"fault: half-answer, operation: {operation}, at_byte: {at_byte}, "
                f"end: {self.fault_end(end)}, count: 1"
                for at_byte in BYTES
            ]
        self.reach(self.simulate(world(PEOPLE, status="Submitted"), faults(*rows)))
        head = "where: { status: [Submitted, Approved] }\n"
        self.write("c.yaml", campaign(DEEDS[operation][1], head=head))
        self.forget()

    def test_a_deed_whose_answer_is_cut_anywhere_is_done_once(self):
        for operation, (kind, _) in DEEDS.items():
            for end in self.ENDS:
                with self.subTest(operation=operation, end=end):
                    self.cut_deeds(operation, end)
                    self.assert_ends(self.run_campaign(timeout=900), 0)
                    times = self.times(kind)
                    if kind == "qualify":  # setting a score again is no harm
                        times = dict.fromkeys(times, 1)
                    self.assertEqual(times, everyone(PEOPLE))
                    unknown = [r for r in self.journal() if r["kind"] == "unknown"]
                    self.assertEqual(len(unknown), PEOPLE, "no cut answer was believed")
                    writes = self.writes()
                    self.assert_ends(self.run_campaign(), 0)
                    self.assertEqual(self.writes(), writes)

    def test_a_message_whose_answer_is_cut_anywhere_stays_unknown(self):
        """As many messages to one worker, because what is unknown is never sent again."""
        for end in self.ENDS[:2]:
            with self.subTest(end=end):
                rows = [
                    f"fault: half-answer, operation: NotifyWorkers, at_byte: {at_byte}, "
                    f"end: {self.fault_end(end)}, count: 1"
                    for at_byte in BYTES
                ]
                self.reach(self.simulate(world(1), faults(*rows)))
                steps = [
                    f"- id: n{i}\n  notify: {{ subject: Number {i}, message: Hello }}\n  needs: []"
                    for i in range(PEOPLE)
                ]
                self.write("c.yaml", campaign("\n".join(steps)))
                self.forget()
                for _ in range(2):
                    self.assert_ends(self.run_campaign(timeout=900), 4)
                    subjects = [line["subject"] for line in self.book("message")]
                    self.assertEqual(sorted(subjects), sorted({f"Number {i}" for i in range(PEOPLE)}))
                standings = {deed["standing"] for deed in self.status()["deeds"]}
                self.assertEqual((len(self.status()["deeds"]), standings), (PEOPLE, {"unknown"}))


@unittest.skipUnless(shutil.which("openssl"), "openssl, which makes certificates, is not installed")
class CutUnderTls(Cut):
    ENDS = ("close", "goodbye", "reset")

    def setUp(self):
        super().setUp()
        command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=t"
        command += " -addext subjectAltName=IP:127.0.0.1 -days 2 -keyout here.key -out here.pem"
        subprocess.run(command.split(), cwd=self.folder, check=True, capture_output=True)
        self.environment["AWS_CA_BUNDLE"] = str(self.folder / "here.pem")
        self.fronts = []
        self.addCleanup(lambda: [front.close() for front in self.fronts])

    says_goodbye = True

    def fault_end(self, end):
        self.says_goodbye = end == "goodbye"
        return "reset" if end == "reset" else "close"

    def reach(self, simulator):
        host, _, port = simulator.endpoint.rpartition("/")[2].partition(":")
        self.fronts.append(Front(self.folder, (host, int(port)), self.says_goodbye))
        self.environment["AWS_ENDPOINT_URL_MTURK"] = self.fronts[-1].endpoint


if __name__ == "__main__":
    unittest.main()
