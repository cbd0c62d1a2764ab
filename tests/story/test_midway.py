"""Four hundred people to pay, and at the 137th the money, the credentials or the network is gone.
137 are paid, the rest stays pending and is said to, and a rerun pays exactly the rest."""

import json
import re
import socket
import threading
import unittest

from house import Story, campaign, everyone, faults, world

PEOPLE, PAID = 400, 137
STEPS = """
- bonus: { amount: 1.00, message: Thanks }
- notify: { subject: Your bonus, message: We paid you }
"""


def gone(message, **members):
    own = ", ".join(f"{name}: {value}" for name, value in members.items())
    return f'fault: refuse, after: {PAID}, message: "{message}", {own}'


class Relay:
    """Stands between bursar and the simulator, and hangs up for good once so many bonuses have
    gone through; `mend` lets it work again."""

    def __init__(self, endpoint, bonuses):
        host, _, port = endpoint.rpartition("//")[2].rpartition(":")
        self.to, self.left = (host, int(port)), bonuses
        self.listen(0)
        self.endpoint = f"http://127.0.0.1:{self.port}"

    def listen(self, port):
        self.listener = socket.create_server(("127.0.0.1", port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, args=(self.listener,), daemon=True).start()

    def mend(self):
        self.left = -1
        self.listen(self.port)

    def serve(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        """One request after the other; each of ours has a body, and so has each answer."""
        with client, socket.create_connection(self.to) as service:
            while message := self.message(client):
                service.sendall(message)
                answer = self.message(service)
                if b".SendBonus\r\n" in message and self.left > 0:
                    self.left -= 1
                    if self.left == 0:
                        self.close()
                        answer = answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
                        client.sendall(answer)
                        return
                client.sendall(answer)

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    @staticmethod
    def message(connection):
        taken = b""
        while True:
            head, end, body = taken.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if end and len(body) >= int(length[1] if length else 0):
                return taken
            part = connection.recv(65536)
            if not part:
                return b""
            taken += part


class Midway(Story):
    def begin(self, *rows):
        self.simulate(world(PEOPLE), faults(*rows) if rows else None)
        self.write("c.yaml", campaign(STEPS))

    def assert_stopped(self, answer, code, notified, *words):
        """137 done, nobody refused, nobody forgotten, and it is said what goes on how."""
        self.assert_ends(answer, code)
        self.assert_says(
            answer,
            f"{PAID + notified} done, {2 * PEOPLE - PAID - notified} pending",
            "bursar run c.yaml",
            *words,
        )
        self.assertEqual(sum(self.times("bonus").values()), PAID)
        self.assertEqual(sum(self.times("message").values()), notified)
        self.assert_ends(self.bursar("journal", "verify", "c.yaml"), 0)
        ends = [record for record in self.journal() if record["kind"] == "end"]
        self.assertEqual(ends[-1]["done"], PAID + notified)

    def assert_finishes(self):
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.times("bonus"), everyone(PEOPLE))
        self.assertEqual(self.times("message"), everyone(PEOPLE))
        self.assertEqual(self.spent(), PEOPLE * 120)
        writes = self.writes()
        self.assert_ends(self.run_campaign(), 0)
        self.assertEqual(self.writes(), writes)

    def test_the_money_is_gone(self):
        """Those who were paid are told so all the same."""
        self.begin(
            gone(
                "This Requester has insufficient funds in their account.",
                operation="SendBonus",
                turk_code="AWS.MechanicalTurk.InsufficientFunds",
                count=1,
            )
        )
        answer = self.run_campaign("--concurrency", "1")
        self.assert_stopped(answer, 5, PAID, "the account has no funds left: payments stop")
        self.assert_finishes()

    def test_the_credentials_are_revoked(self):
        revoked = "The security token included in the request is invalid."
        self.begin(
            gone(revoked, operation="SendBonus", code="UnrecognizedClientException", count=1)
        )
        answer = self.run_campaign("--concurrency", "1")
        self.assert_stopped(answer, 77, 0, "the credentials are not accepted any more", revoked)
        self.assert_finishes()

    def test_the_network_is_gone(self):
        self.begin()
        relay = Relay(self.environment["AWS_ENDPOINT_URL_MTURK"], PAID)
        self.addCleanup(relay.close)
        self.environment["AWS_ENDPOINT_URL_MTURK"] = relay.endpoint
        answer = self.run_campaign("--concurrency", "1")
        self.assert_stopped(answer, 1, 0, "does not take calls", "refused")
        self.assertEqual(self.status()["unknown"], 0)
        relay.mend()
        self.assert_finishes()

    def test_json_says_the_same(self):
        self.begin(gone("No.", operation="SendBonus", code="AccessDeniedException", count=1))
        counts = json.loads(self.run_campaign("--json", "--concurrency", "1").stdout)
        self.assertEqual(
            (counts["done"], counts["pending"], counts["exit"]), (PAID, 2 * PEOPLE - PAID, 77)
        )


if __name__ == "__main__":
    unittest.main()
