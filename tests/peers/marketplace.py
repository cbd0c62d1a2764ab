"""A second, small MTurk, written from Amazon's service model and reference alone: it shares nothing
with `bursar simulate`, so that what one of the two has misread, the other does not forgive.

It keeps its own ledger, checks every request against the model and every signature by hand, and
misbehaves as networks and services do:

    lose    carries the call out, or does not, and hangs up
    ill     carries it out and answers 500
    cut     carries it out and answers half
    late    hangs up, and carries it out a while later
    slow    throttles: 400, nothing is done
"""

import base64
import collections
import email.utils
import hashlib
import hmac
import http.server
import itertools
import json
import random
import re
import sys
import threading
import time
import uuid

import amazon

AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)/(\d{8})/us-east-1/mturk-requester/aws4_request, "
    r"SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})"
)
LATE_S = 0.4


class Refusal(Exception):
    def __init__(self, kind, message, turk_code=None, status=400):
        super().__init__(message)
        self.body = {"__type": f"com.amazonaws.mturk.requester#{kind}", "Message": message}
        if turk_code:
            self.body["TurkErrorCode"] = "AWS.MechanicalTurk." + turk_code
        self.status = status


def refuse(turk_code, words):
    raise Refusal("RequestError", f"{words} ({int(time.time() * 1000)})", turk_code)


def money(cents):
    return f"{cents // 100}.{cents % 100:02}"


def cents(text):
    dollars, _, rest = text.partition(".")
    return int(dollars) * 100 + int((rest + "00")[:2])


def with_fee(amount, percent):
    """The amount and Amazon's share of it: half a cent up, and a cent at least."""
    return amount + max(1, (amount * percent + 50) // 100)


class Books:
    """What the marketplace knows, and what each operation does to it."""

    def __init__(self, unit, balance="5000.00", paid_by_hand=0, lag_s=0):
        """Three HITs and 15 units of workers, 6 of them with work on two HITs. A bonus shows in
        the list once it is `lag_s` old."""
        self.lag_s = lag_s
        self.hits, self.work, self.bonuses = {}, {}, []
        self.scores, self.messages, self.tokens = {}, collections.Counter(), {}
        self.balance = cents(balance)
        self.writes = 0
        ids = itertools.count(1)
        shares = {
            "3HITA": range(7 * unit),
            "3HITB": [*range(6 * unit), *range(7 * unit, 8 * unit)],
            "3HITC": range(8 * unit, 15 * unit),
        }
        for hit, people in shares.items():
            self.hits[hit] = len(people)
            for person in people:
                number = next(ids)
                status = "Approved" if number % 3 == 0 else "Submitted"
                self.work[f"3WORK{number:05}"] = {
                    "worker": f"A2PERSON{person:04}", "hit": hit, "status": status,
                }
        for assignment in list(self.work)[:paid_by_hand]:
            self.pay(assignment, 50, "For each", time.time() - 9e5)

    def pay(self, assignment, amount, words, at):
        worker = self.work[assignment]["worker"]
        self.bonuses.append((assignment, worker, amount, words, at))

    # One method for each operation; `given` has passed the model's check.

    def GetAccountBalance(self, given):
        return {"AvailableBalance": money(self.balance)}

    def GetHIT(self, given):
        places = self.hits.get(given["HITId"])
        if not places:
            refuse("HITDoesNotExist", f"Hit {given['HITId']} does not exist.")
        return {
            "HIT": {
                "HITId": given["HITId"], "HITTypeId": "3TYPE", "Title": "Zeichnen Sie eine Uhr",
                "CreationTime": 1795000000.123, "Expiration": 1795500000.0, "Reward": "0.20",
                "HITStatus": "Reviewable", "MaxAssignments": places,
                "QualificationRequirements": [], "HITReviewStatus": "NotReviewed",
            }
        }

    def describe(self, assignment):
        work = self.work[assignment]
        return {
            "AssignmentId": assignment, "WorkerId": work["worker"], "HITId": work["hit"],
            "AssignmentStatus": work["status"], "SubmitTime": 1795100000.5,
            "Answer": "<?xml version=\"1.0\" encoding=\"ASCII\"?><QuestionFormAnswers/>",
        }

    def find_work(self, given):
        work = self.work.get(given["AssignmentId"])
        if not work:
            refuse("AssignmentDoesNotExist", f"Assignment {given['AssignmentId']} does not exist.")
        return work

    def page(self, member, rows, given):
        """Tokens are opaque, and good for one list only."""
        asked = {name: given[name] for name in given if name not in ("NextToken", "MaxResults")}
        start, mark = 0, json.dumps(asked, sort_keys=True)
        if "NextToken" in given:
            start, _, seen = base64.b85decode(given["NextToken"]).decode().partition("|")
            start = int(start)
            if seen != hashlib.md5(mark.encode()).hexdigest():
                refuse(None, "The page token belongs to another list.")
        size = given.get("MaxResults", 10)
        answer = {"NumResults": len(rows[start : start + size]), member: rows[start : start + size]}
        if start + size < len(rows):
            token = f"{start + size}|{hashlib.md5(mark.encode()).hexdigest()}"
            answer["NextToken"] = base64.b85encode(token.encode()).decode()
        return answer

    def ListAssignmentsForHIT(self, given):
        self.GetHIT(given)
        wanted = given.get("AssignmentStatuses") or ["Submitted", "Approved", "Rejected"]
        rows = [
            self.describe(each)
            for each, work in self.work.items()
            if work["hit"] == given["HITId"] and work["status"] in wanted
        ]
        return self.page("Assignments", rows, given)

    def GetAssignment(self, given):
        work = self.find_work(given)
        hit = self.GetHIT({"HITId": work["hit"]})["HIT"]
        return {"Assignment": self.describe(given["AssignmentId"]), "HIT": hit}

    def ListBonusPayments(self, given):
        rows = [
            {
                "WorkerId": worker, "BonusAmount": money(amount), "AssignmentId": assignment,
                "Reason": words, "GrantTime": round(at, 3),
            }
            for assignment, worker, amount, words, at in self.bonuses
            if at <= time.time() - self.lag_s
            and given.get("AssignmentId", assignment) == assignment
            and given.get("HITId", self.work[assignment]["hit"]) == self.work[assignment]["hit"]
        ]
        return self.page("BonusPayments", rows, given)

    def charge(self, amount):
        if amount > self.balance:
            refuse("InsufficientFunds", "This Requester has insufficient funds.")
        self.balance -= amount

    def ApproveAssignment(self, given):
        work = self.find_work(given)
        if work["status"] != "Submitted":
            refuse(
                "InvalidAssignmentState",
                "This operation can be called with a status of: Submitted",
            )
        self.charge(with_fee(20, 40 if self.hits[work["hit"]] >= 10 else 20))
        work["status"] = "Approved"

    def AssociateQualificationWithWorker(self, given):
        self.scores[given["WorkerId"]] = (given["IntegerValue"], given["SendNotification"])

    def ListWorkersWithQualificationType(self, given):
        rows = [
            {
                "QualificationTypeId": given["QualificationTypeId"], "WorkerId": worker,
                "IntegerValue": value, "Status": "Granted",
            }
            for worker, (value, _) in self.scores.items()
        ]
        return self.page("Qualifications", rows, given)

    def SendBonus(self, given):
        token, amount = given.get("UniqueRequestToken"), cents(given["BonusAmount"])
        if token in self.tokens:
            refuse(None, f'The idempotency token "{token}" has already been processed.')
        if self.find_work(given)["worker"] != given["WorkerId"]:
            refuse("AssignmentDoesNotExist", "This assignment is another worker's.")
        self.charge(with_fee(amount, 20))
        self.tokens[token] = amount
        self.pay(given["AssignmentId"], amount, given["Reason"], time.time())

    def NotifyWorkers(self, given):
        self.messages.update(given["WorkerIds"])
        return {"NotifyWorkersFailureStatuses": []}


READS = {"GetAccountBalance", "GetHIT", "ListAssignmentsForHIT", "GetAssignment",
         "ListBonusPayments", "ListWorkersWithQualificationType"}


class Marketplace:
    """The books behind a port. `faults` maps the misbehaviours above to how often they happen, and
    `spared` names the operations that are never hit."""

    key_id, secret, token = "AKIDINDEPENDENT00001", "independent/secret", "session+token=="

    def __init__(self, books, seed=1, spared=(), **faults):
        self.books, self.faults, self.spared = books, faults, spared
        self.chance, self.lock = random.Random(seed), threading.Lock()
        self.model = amazon.service_model()
        self.wrong = []  # requests that no client may send
        self.struck = collections.Counter()
        self.calls = collections.Counter()
        self.at_call = {}  # (operation, how many) -> what to do then, before any answer
        self.late = []
        marketplace = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer, whole = marketplace.take(self.command, self.path, self.headers, body)
                self.close_connection = not whole
                try:
                    self.wfile.write(answer)
                except OSError:
                    self.close_connection = True

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):
                trouble = sys.exc_info()[1]
                if not isinstance(trouble, OSError):  # a caller that died is no wrong
                    marketplace.wrong.append(repr(trouble))

        self.server = Server(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()
        self.environment = {
            "AWS_ENDPOINT_URL_MTURK": f"http://127.0.0.1:{self.server.server_port}",
            "AWS_ACCESS_KEY_ID": self.key_id,
            "AWS_SECRET_ACCESS_KEY": self.secret,
            "AWS_SESSION_TOKEN": self.token,
        }

    def close(self):
        self.settle()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def settle(self):
        """Waits for what is still to be carried out."""
        for timer in self.late:
            timer.join()

    def check(self, method, path, headers, body):
        """The operation and its members, or a refusal that is remembered."""
        try:
            self.check_signature(method, path, headers, body)
            operation = headers["X-Amz-Target"].removeprefix(amazon.TARGET)
            given = json.loads(body)
            found = amazon.misfits(given, self.model.operation_model(operation).input_shape)
            if found:
                raise Refusal("ValidationException", "; ".join(found))
            return operation, given
        except (Refusal, ValueError, KeyError) as trouble:
            self.wrong.append((str(trouble), dict(headers), body))
            raise

    def check_signature(self, method, path, headers, body):
        """Signature Version 4, step by step as its reference tells it."""
        match = AUTHORIZATION.fullmatch(headers["Authorization"] or "")
        if not match or match[1] != self.key_id or headers["X-Amz-Security-Token"] != self.token:
            raise Refusal("UnrecognizedClientException", "The security token is invalid.")
        day, names, date = match[2], match[3].split(";"), headers["X-Amz-Date"]
        must = {"host", "x-amz-date", "x-amz-security-token", "x-amz-target"}
        signed_at = time.strptime(date, "%Y%m%dT%H%M%SZ")
        skew_s = abs(time.time() - email.utils.mktime_tz((*signed_at, 0)))
        canonical = [method, path, "", *(f"{name}:{headers[name]}" for name in names)]
        canonical += ["", ";".join(names), hashlib.sha256(body).hexdigest()]
        scope = f"{day}/us-east-1/mturk-requester/aws4_request"
        digest = hashlib.sha256("\n".join(canonical).encode()).hexdigest()
        to_sign = f"AWS4-HMAC-SHA256\n{date}\n{scope}\n{digest}"
        key = ("AWS4" + self.secret).encode()
        for part in [*scope.split("/"), to_sign]:
            key = hmac.digest(key, part.encode(), "sha256")
        if key.hex() != match[4] or not must <= set(names) or date[:8] != day or skew_s > 300:
            raise Refusal("InvalidSignatureException", "The signature does not match.")

    def carry_out(self, operation, given):
        with self.lock:
            self.books.writes += operation not in READS
            return getattr(self.books, operation)(given)

    def take(self, method, path, headers, body):
        """The bytes of the answer, and whether the connection may go on."""
        try:
            operation, given = self.check(method, path, headers, body)
            with self.lock:
                self.calls[operation] += 1
                then = self.at_call.pop((operation, self.calls[operation]), None)
                fault = self.fault(operation)
            if fault == "slow":
                raise Refusal("ThrottlingException", "Rate exceeded")
            if fault == "late":
                self.late.append(threading.Timer(LATE_S, self.carry_out_late, (operation, given)))
                self.late[-1].start()
                return b"", False
            if fault == "lose" and self.chance.random() < 0.3:
                return b"", False
            answer = self.carry_out(operation, given)
            if then:
                then()
        except Refusal as refusal:
            return self.frame(refusal.status, refusal.body), True
        except (ValueError, KeyError):
            return self.frame(400, {"__type": "SerializationException"}), True
        if fault == "ill":
            return self.frame(500, {"__type": "ServiceFault", "Message": "Try again."}), True
        framed = self.frame(200, answer)
        return {"lose": b"", "cut": framed[: len(framed) // 2]}.get(fault, framed), fault is None

    def carry_out_late(self, operation, given):
        try:
            self.carry_out(operation, given)
        except Refusal:
            pass  # nobody is there to hear it

    def fault(self, operation):
        draw = self.chance.random()
        for name, share in self.faults.items():
            if draw < share and operation not in self.spared:
                self.struck[name] += 1
                return name
            draw -= share
        return None

    def frame(self, status, answer):
        """Amazon's samples show no body where there is nothing to say; SDKs also take {}."""
        nothing = self.chance.choice([b"", b"{}"])
        body = nothing if answer is None else json.dumps(answer, ensure_ascii=False).encode()
        head = [
            f"HTTP/1.1 {status} {'OK' if status == 200 else 'Bad Request'}",
            f"x-amzn-RequestId: {uuid.UUID(int=self.chance.getrandbits(128))}",
            "Content-Type: application/x-amz-json-1.1",
            f"Content-Length: {len(body)}",
            f"Date: {email.utils.formatdate(usegmt=True)}",
        ]
        return "\r\n".join(head).encode() + b"\r\n\r\n" + body
