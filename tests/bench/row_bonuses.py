"""Bonuses to a server that answers at once. bursar makes each intent durable before it sends; the
others keep no record. The rate is by the marketplace's own book, from the first bonus to the last,
so that nobody's start and nobody's reading counts.

The processor's time is bursar's whole command, with its start, its reading and its plan, against
boto3's calls alone."""

import csv

from house import campaign

import signed
from stage import HERE, IN_FLIGHT, made_up, paid_at, rate, task
from table import Line

TITLE = f"bonuses: no latency, each with a durable intent, {IN_FLIGHT} in flight"
LINES = [
    Line("loop", "bonuses a second, × a boto3 loop", "times", least=8),
    Line("cpu", "processor per bonus, a boto3 loop's / bursar's", "times", least=8),
    Line("threads", f"bonuses a second, × boto3 in {IN_FLIGHT} threads", "times"),
    Line("adaptive", f"… × boto3 adaptive in {IN_FLIGHT} threads", "times"),
    Line("aws", "… × an aws command for each", "times"),
    Line("wrk", "… × wrk posting signed bonuses, the limit", "times"),
    Line("alone", "bursar with 1 in flight, × a boto3 loop", "times"),
    Line("speed", "bursar: bonuses a second", "/s"),
    Line("wrk_speed", "wrk: bonuses a second", "/s"),
    Line("loop_speed", "boto3 loop: bonuses a second", "/s"),
    Line("bursar_cpu", "bursar: processor per bonus", "us"),
    Line("loop_cpu", "boto3 loop: processor per bonus", "us"),
    Line("peak", "bursar: greatest size", "MB"),
]
CAMPAIGN = campaign("- bonus: { amount: 1.00, message: Thanks }", hits=task(0))
WRK_S = 3


def work(stage, folder, simulator):
    """Every assignment with its worker, for those who do not read them by themselves."""
    listed = stage.run_bursar(folder, "workers", "--csv", task(0), server=simulator).stdout
    return [(row["AssignmentId"], row["WorkerId"]) for row in csv.DictReader(listed.splitlines())]


def pay_by_bursar(stage, folder, simulator, people, in_flight=IN_FLIGHT):
    (folder / "c.yaml").write_text(CAMPAIGN)
    arguments = "run", "--yes", "--concurrency", in_flight, "c.yaml"
    cost = stage.run_bursar(folder, *arguments, server=simulator)
    return {"cpu_s": cost.cpu_s / people, "peak_mb": cost.peak_mb}


def pay_alone(stage, folder, simulator, people):
    return pay_by_bursar(stage, folder, simulator, people, in_flight=1)


def pay_by_boto3(way):
    def pay(stage, folder, simulator, people):
        _, said = stage.run_payer(folder, way, simulator, task(0), IN_FLIGHT)
        return {"cpu_s": said["cpu_s"] / people}

    return pay


def pay_by_aws(stage, folder, simulator, people):
    for assignment, worker in work(stage, folder, simulator):
        stage.run(
            folder, "/usr/bin/aws", "mturk", "send-bonus", "--endpoint-url", simulator.endpoint,
            "--worker-id", worker, "--assignment-id", assignment, "--bonus-amount", "1.00",
            "--reason", "Thanks", "--unique-request-token", assignment, server=simulator,
        )
    return {}


def pay_by_wrk(stage, folder, simulator, people):
    """wrk runs for its time and not for a number of requests: not all need be paid."""
    signed.write(folder / "signed.txt", simulator, work(stage, folder, simulator))
    stage.run(
        folder, "wrk", "-t", 1, "-c", IN_FLIGHT, "-d", f"{WRK_S}s", "-s", HERE / "bonuses.lua",
        simulator.endpoint, "--", folder / "signed.txt", server=simulator,
    )
    return {}


def race(stage, pay, people):
    """Pays so many people in a world of their own; how many a second, and what else was told."""
    with stage.folder() as folder:
        with stage.simulator(folder, made_up(1, people)) as simulator:
            told = pay(stage, folder, simulator, people)
            times = paid_at(simulator)
    if len(times) != people and pay is not pay_by_wrk:
        raise SystemExit(f"{pay.__name__}: {len(times)} of {people} bonuses were paid")
    return {"speed": rate(times), **told}


def measure(stage):
    many, some = stage.size(20000, 2000), stage.size(4000, 200)
    bursar = race(stage, pay_by_bursar, many)
    loop = race(stage, pay_by_boto3("loop"), some)
    wrk = race(stage, pay_by_wrk, many)
    threads = race(stage, pay_by_boto3("threads"), some)
    adaptive = race(stage, pay_by_boto3("adaptive"), some)
    alone = race(stage, pay_alone, some)
    aws = race(stage, pay_by_aws, stage.size(4, 2))
    return {
        "loop": bursar["speed"] / loop["speed"],
        "cpu": loop["cpu_s"] / bursar["cpu_s"],
        "threads": bursar["speed"] / threads["speed"],
        "adaptive": bursar["speed"] / adaptive["speed"],
        "aws": bursar["speed"] / aws["speed"],
        "wrk": bursar["speed"] / wrk["speed"],
        "alone": alone["speed"] / loop["speed"],
        "speed": bursar["speed"],
        "wrk_speed": wrk["speed"],
        "loop_speed": loop["speed"],
        "bursar_cpu": bursar["cpu_s"],
        "loop_cpu": loop["cpu_s"],
        "peak": bursar["peak_mb"],
    }
