"""The job as people do it with boto3: read who took part, pay each a dollar.

    payer.py loop TASK          one after the other
    payer.py threads TASK N     in a pool of N threads
    payer.py adaptive TASK N    the same, in botocore's adaptive retry mode
    payer.py read TASKS         reads only; TASKS is a file with one HIT a line

The last line on standard output is JSON about the calls alone: importing boto3 and making the
client do not count. A payment that the SDK gave up on is counted as failed, not tried again.
"""

import collections
import concurrent.futures
import json
import os
import pathlib
import sys
import time
import types

# Importing amazon takes these out of the environment.
SERVER = types.SimpleNamespace(environment=dict(os.environ))
SERVER.endpoint = os.environ["AWS_ENDPOINT_URL_MTURK"]

import amazon  # noqa: E402
import botocore.exceptions  # noqa: E402


def assignments(client, task):
    client.get_hit(HITId=task)
    pages = client.get_paginator("list_assignments_for_hit")
    for page in pages.paginate(HITId=task, PaginationConfig={"PageSize": 100}):
        yield from page["Assignments"]


def pay(client, assignment):
    """None, or what the SDK ended with."""
    try:
        client.send_bonus(
            WorkerId=assignment["WorkerId"],
            AssignmentId=assignment["AssignmentId"],
            BonusAmount="1.00",
            Reason="Thanks",
            UniqueRequestToken=assignment["AssignmentId"],
        )
    except botocore.exceptions.ClientError as trouble:
        return trouble.response["Error"]["Code"]
    except botocore.exceptions.BotoCoreError as trouble:
        return type(trouble).__name__
    return None


def main(way, task, threads="1"):
    threads = int(threads)
    modes = {"adaptive": {"retries": {"mode": "adaptive"}}}
    client = amazon.client(SERVER, max_pool_connections=threads, **modes.get(way, {}))
    wall, cpu = time.monotonic(), time.process_time()
    outcomes = []
    if way == "read":
        tasks = pathlib.Path(task).read_text().split()
        count = sum(1 for each in tasks for _ in assignments(client, each))
    else:
        work = list(assignments(client, task))
        count = len(work)
        wall, cpu = time.monotonic(), time.process_time()  # paying only, as bursar's book tells it
        if way == "loop":
            outcomes = [pay(client, each) for each in work]
        else:
            with concurrent.futures.ThreadPoolExecutor(threads) as pool:
                outcomes = list(pool.map(lambda each: pay(client, each), work))
    said = {
        "wall_s": time.monotonic() - wall,
        "cpu_s": time.process_time() - cpu,
        "count": count,
        "failed": collections.Counter(each for each in outcomes if each),
    }
    print(json.dumps(said))


main(*sys.argv[1:])
