"""Amazon's own client code, as Debian packages it, cut off from whoever runs the tests.

Importing this takes every AWS_ variable and every proxy out of the environment, so that neither
somebody's real keys nor a developer's profile can reach a test.
"""

import gzip
import json
import os
import pathlib
import re

for name in list(os.environ):
    if name.startswith("AWS_") or name.lower().endswith("_proxy"):
        del os.environ[name]
os.environ.update(
    AWS_SHARED_CREDENTIALS_FILE="/nonexistent/credentials",
    AWS_CONFIG_FILE="/nonexistent/config",
    AWS_EC2_METADATA_DISABLED="true",
    PATH="/usr/bin:" + os.environ.get("PATH", "/bin"),
)

import boto3  # noqa: E402
import botocore  # noqa: E402
from botocore.client import Config  # noqa: E402
from botocore.model import ServiceModel  # noqa: E402

REGION = "us-east-1"
SERVICE = "mturk-requester"
TARGET = "MTurkRequesterServiceV20170117."

# Kept by the sender and by the service alike, but left out of the model: the reference pages of
# NotifyWorkers and ApproveAssignment, 2017-01-17.
LENGTHS_OF_THE_REFERENCE = {"Subject": 200, "MessageText": 4096, "RequesterFeedback": 1024}
WORKERS_OF_THE_REFERENCE = 100


def client(
    simulator, service="mturk", region=REGION, key_id=None, secret=None, token=None, **config
):
    """A boto3 client for a simulator, with the keys it prints unless others are given; to be
    closed."""
    return boto3.client(
        service,
        endpoint_url=simulator.endpoint,
        region_name=region,
        aws_access_key_id=key_id or simulator.environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=secret or simulator.environment["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=token,
        config=Config(**config),
    )


def service_model():
    """The model of the Requester API from which botocore makes its client."""
    folder = pathlib.Path(botocore.__file__).parent / "data/mturk/2017-01-17"
    plain = folder / "service-2.json"
    text = plain.read_bytes() if plain.exists() else gzip.open(f"{plain}.gz").read()
    return ServiceModel(json.loads(text), "mturk")


def misfits(value, shape, path="input"):
    """What in this JSON value does not fit the model: its types, names, lengths, patterns, ranges
    and choices. botocore itself leaves out patterns, greatest lengths and choices."""
    kind = shape.type_name
    expected = {
        "structure": dict, "list": list, "string": str, "integer": int, "long": int,
        "boolean": bool, "timestamp": (int, float),
    }[kind]
    if not isinstance(value, expected) or (isinstance(value, bool) and kind != "boolean"):
        return [f"{path} is no {kind}: {value!r}"]
    found = []
    if kind == "structure":
        missing = [name for name in shape.required_members if name not in value]
        found += [f"{path}.{name} is missing" for name in missing]
        for name, inner in value.items():
            if name in shape.members:
                found += misfits(inner, shape.members[name], f"{path}.{name}")
            else:
                found.append(f"{path}.{name} is unknown")
    elif kind == "list":
        for number, inner in enumerate(value):
            found += misfits(inner, shape.member, f"{path}[{number}]")
    size = value if kind in ("integer", "long") else len(value) if kind in ("string", "list") else 0
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and size < least:
        found.append(f"{path} is below {least}: {value!r}")
    if most is not None and size > most:
        found.append(f"{path} is above {most}: {value!r}")
    if kind == "string":
        pattern, choices = shape.metadata.get("pattern"), shape.enum
        if pattern and not re.fullmatch(pattern, value):
            found.append(f"{path} does not match {pattern}: {value!r}")
        if choices and value not in choices:
            found.append(f"{path} is none of {choices}: {value!r}")
        if len(value) > LENGTHS_OF_THE_REFERENCE.get(path.rpartition(".")[2], len(value)):
            found.append(f"{path} is too long for the reference: {len(value)}")
    if path.endswith(".WorkerIds") and len(value) > WORKERS_OF_THE_REFERENCE:
        found.append(f"{path} has too many workers for the reference: {len(value)}")
    return found
