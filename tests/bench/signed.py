"""Bonuses signed beforehand (Signature Version 4), so that wrk, which cannot sign, can post them.
Signatures hold for five minutes."""

import datetime
import hashlib
import hmac
import json
import urllib.parse

SCOPE = "us-east-1/mturk-requester/aws4_request"
HEADERS = "content-type;host;x-amz-date;x-amz-target"
TARGET = "MTurkRequesterServiceV20170117.SendBonus"


def _hmac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _signing_key(secret, day):
    key = ("AWS4" + secret).encode()
    for part in (day, *SCOPE.split("/")):
        key = _hmac(key, part)
    return key


def write(path, simulator, work):
    """One line a bonus, as bonuses.lua reads them: a dollar for each assignment; `work` holds them
    with their workers."""
    host = urllib.parse.urlsplit(simulator.endpoint).netloc
    date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    day = date[:8]
    key = _signing_key(simulator.environment["AWS_SECRET_ACCESS_KEY"], day)
    credential = f"{simulator.environment['AWS_ACCESS_KEY_ID']}/{day}/{SCOPE}"
    head = (
        f"POST\n/\n\ncontent-type:application/x-amz-json-1.1\nhost:{host}\n"
        f"x-amz-date:{date}\nx-amz-target:{TARGET}\n\n{HEADERS}\n"
    )
    with open(path, "w") as file:
        for assignment, worker in work:
            fields = {
                "WorkerId": worker, "AssignmentId": assignment, "BonusAmount": "1.00",
                "Reason": "Thanks", "UniqueRequestToken": assignment,
            }
            body = json.dumps(fields)
            request = head + hashlib.sha256(body.encode()).hexdigest()
            digest = hashlib.sha256(request.encode()).hexdigest()
            signature = _hmac(key, f"AWS4-HMAC-SHA256\n{date}\n{day}/{SCOPE}\n{digest}").hex()
            file.write(
                f"{date}\tAWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={HEADERS}, "
                f"Signature={signature}\t{body}\n"
            )
