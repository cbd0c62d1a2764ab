"""A stand-in marketplace that allows so many calls a second and no more. It shares nothing with
`bursar simulate`, checks no signature, and admits by a token bucket that starts full:

    meter.py --people N --rate R [--burst B] [--latency-ms L] [--change SECONDS:RATE]

Every call takes a token or is throttled, at the moment it arrives; then the answer waits for the
latency. It prints its address and keys as one line of JSON, serves until its standard input ends,
and then prints what it counted. Time runs from the first call to the last, and `allowed` is what a
client that knew everything could have had admitted in that time.
"""

import argparse
import asyncio
import collections
import email.utils
import json
import math
import sys
import time

import liar
from house import assignment

PAGE = 100


class Bucket:
    def __init__(self, rate, burst, change):
        self.rate, self.burst = rate, burst
        self.change_s, self.later_rate = change or (math.inf, rate)
        self.tokens, self.allowed = burst, burst
        self.first = self.last = None

    def gain(self, begin, end):
        """What comes in between two moments, counted from the first call."""
        early = max(0.0, min(end, self.change_s) - begin)
        return early * self.rate + (end - begin - early) * self.later_rate

    def take(self, now):
        if self.first is None:
            self.first = self.last = now
        gained = self.gain(self.last - self.first, now - self.first)
        self.allowed += gained
        self.tokens = min(self.burst, self.tokens + gained)
        self.last = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Market:
    def __init__(self, options):
        self.people, self.latency_s = options.people, options.latency_ms / 1000
        self.bucket = Bucket(options.rate, options.burst, options.change)
        self.paid, self.twice = {}, 0
        self.admitted = self.throttled = 0
        self.seconds = collections.defaultdict(lambda: [0, 0])

    def answer(self, operation, asked):
        """Status and body, and the call is in the count."""
        now = time.monotonic()
        admitted = self.bucket.take(now)
        self.seconds[int(now - self.bucket.first)][0 if admitted else 1] += 1
        if not admitted:
            self.throttled += 1
            return 400, {"__type": "ThrottlingException", "Message": "Rate exceeded"}
        self.admitted += 1
        return 200, getattr(self, operation)(asked)

    def GetAccountBalance(self, asked):
        return {"AvailableBalance": "100000.00"}

    def GetHIT(self, asked):
        return {"HIT": liar.hit(HITId=asked["HITId"], MaxAssignments=self.people)}

    def page(self, member, numbers, make, asked):
        begin = int(asked.get("NextToken", "0"))
        end = begin + min(PAGE, asked.get("MaxResults", 10))
        rows = [make(number) for number in numbers[begin:end]]
        more = {"NextToken": str(end)} if end < len(numbers) else {}
        return {member: rows, "NumResults": len(rows), **more}

    def ListAssignmentsForHIT(self, asked):
        def make(number):
            return liar.row(number, HITId=asked["HITId"])

        return self.page("Assignments", range(self.people), make, asked)

    def ListBonusPayments(self, asked):
        """Of one assignment, or of the only HIT."""
        wanted = asked.get("AssignmentId")
        found = [each for name, each in self.paid.items() if wanted in (None, name)]
        return self.page("BonusPayments", found, lambda payment: payment, asked)

    def SendBonus(self, asked):
        name = asked["AssignmentId"]
        self.twice += name in self.paid
        self.paid[name] = {
            "WorkerId": asked["WorkerId"], "BonusAmount": asked["BonusAmount"],
            "AssignmentId": name, "Reason": asked["Reason"], "GrantTime": round(time.time(), 3),
        }
        return {}

    def count(self):
        names = {assignment(number) for number in range(self.people)}
        bucket = self.bucket
        return {
            "admitted": self.admitted, "throttled": self.throttled, "allowed": bucket.allowed,
            "span_s": (bucket.last or 0) - (bucket.first or 0), "twice": self.twice,
            "unpaid": len(names - self.paid.keys()), "by_second": dict(self.seconds),
        }


class Connection(asyncio.Protocol):
    """HTTP/1.1 as far as these clients speak it: POST with Content-Length, kept alive."""

    def __init__(self, market):
        self.market, self.taken = market, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.taken += data
        while True:
            head, end, rest = self.taken.partition(b"\r\n\r\n")
            if not end:
                return
            lines = head.decode("latin-1").split("\r\n")[1:]
            headers = {name.lower(): value for name, _, value in (x.partition(": ") for x in lines)}
            size = int(headers.get("content-length", 0))
            if len(rest) < size:
                return
            self.taken = rest[size:]
            operation = headers["x-amz-target"].rpartition(".")[2]
            self.reply(*self.market.answer(operation, json.loads(rest[:size])))

    def reply(self, status, body):
        text = json.dumps(body).encode()
        head = (
            f"HTTP/1.1 {status} {'OK' if status == 200 else 'Bad Request'}\r\n"
            f"Date: {email.utils.formatdate(usegmt=True)}\r\nx-amzn-RequestId: meter\r\n"
            f"Content-Type: application/x-amz-json-1.1\r\nContent-Length: {len(text)}\r\n\r\n"
        )
        loop = asyncio.get_running_loop()
        loop.call_later(self.market.latency_s, self.write, head.encode() + text)

    def write(self, answer):
        if not self.transport.is_closing():
            self.transport.write(answer)


async def serve(market):
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    loop.add_reader(sys.stdin, stop.set)
    server = await loop.create_server(
        lambda: Connection(market), "127.0.0.1", 0, backlog=1024
    )
    port = server.sockets[0].getsockname()[1]
    environment = {
        "AWS_ENDPOINT_URL_MTURK": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    }
    print(json.dumps(environment), flush=True)
    await stop.wait()
    server.close()


def change(text):
    seconds, _, rate = text.partition(":")
    return float(seconds), float(rate)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--rate", type=float, required=True)
    parser.add_argument("--burst", type=float, default=1)
    parser.add_argument("--latency-ms", type=float, default=0)
    parser.add_argument("--change", type=change, metavar="SECONDS:RATE")
    market = Market(parser.parse_args())
    asyncio.run(serve(market))
    print(json.dumps(market.count()))


main()
