"""A marketplace that answers what it is told to, true or not. It checks nothing, remembers what it
was asked to do, and is sane until a story makes it lie:

    market = self.lie(GetHIT=lambda asked: {"HIT": {"HITId": asked["HITId"], "Reward": "-1.00"}})

A value is the answer itself (a dict, or bytes that are sent as they are), or a function of the
request that gives one. Whole answers with a status and headers of their own are `Answer`s.
"""

import dataclasses
import email.utils
import http.server
import json
import threading

from house import TASK, assignment, worker

SUBMITTED = 1795000000.5


@dataclasses.dataclass
class Answer:
    body: bytes = b"{}"
    status: int = 200
    headers: dict = dataclasses.field(default_factory=dict)
    date: str = ""  # "": the true one; None: no Date at all


def row(number, **other):
    """One assignment as ListAssignmentsForHIT tells it."""
    return {
        "AssignmentId": assignment(number),
        "WorkerId": worker(number),
        "HITId": TASK,
        "AssignmentStatus": "Approved",
        "SubmitTime": SUBMITTED,
        **other,
    }


def bonus(number, **other):
    """One payment as ListBonusPayments tells it."""
    return {
        "AssignmentId": assignment(number),
        "WorkerId": worker(number),
        "BonusAmount": "1.00",
        "Reason": "Thanks",
        "GrantTime": SUBMITTED + 60,
        **other,
    }


def listed(member, rows, **other):
    return {member: rows, "NumResults": len(rows), "TotalNumResults": len(rows), **other}


class Liar:
    """The server; `told` holds every deed it was asked for, as (operation, request)."""

    def __init__(self, people, lies):
        self.people, self.lies, self.told = people, lies, []
        self.guard = threading.Lock()
        self.date = ""
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                operation = self.headers["X-Amz-Target"].rpartition(".")[2]
                self.say(outer.answer(operation, asked, self.headers))

            def say(self, answer):
                self.send_response_only(answer.status)
                date = outer.date if answer.date == "" else answer.date
                if date is not None:
                    self.send_header("Date", date or email.utils.formatdate(usegmt=True))
                headers = {"x-amzn-RequestId": "liar", "Content-Length": len(answer.body)}
                for name, value in {**headers, **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.environment = {
            "AWS_ENDPOINT_URL_MTURK": f"http://127.0.0.1:{self.server.server_port}",
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        }

    def answer(self, operation, asked, headers):
        deed = not operation.startswith(("Get", "List"))
        with self.guard:
            if deed:
                self.told.append((operation, asked))
            self.headers = headers
            said = self.lies.get(operation, getattr(self, operation, {}))
            said = said(asked) if callable(said) else said
        if isinstance(said, Answer):
            return said
        return Answer(said if isinstance(said, bytes) else json.dumps(said).encode())

    def GetAccountBalance(self, asked):
        return {"AvailableBalance": "1000.00"}

    def GetHIT(self, asked):
        return {"HIT": hit(HITId=asked["HITId"])}

    def ListAssignmentsForHIT(self, asked):
        return listed("Assignments", [row(n, HITId=asked["HITId"]) for n in range(self.people)])

    def ListBonusPayments(self, asked):
        return listed("BonusPayments", [])

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def hit(**other):
    return {
        "HITId": TASK,
        "Title": "Tell us a joke",
        "HITStatus": "Reviewable",
        "Reward": "0.20",
        "MaxAssignments": 9,
        "CreationTime": SUBMITTED - 900,
        **other,
    }
