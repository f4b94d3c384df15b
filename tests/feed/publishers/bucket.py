"""A bucket on loopback: moto's server, which speaks S3 over HTTP."""

from __future__ import annotations

import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from moto.server import ThreadedMotoServer
from werkzeug.serving import WSGIRequestHandler

from feed.publishers.s3_bucket import BucketPublisher

if TYPE_CHECKING:
    from collections.abc import Iterator

BUCKET = "radio"
KEY, SECRET = "made-up-key", "made-up-secret"
ADDRESS = "https://example.com/demo/"


@contextmanager
def serving() -> Iterator[str]:
    """The endpoint of a server with an empty bucket."""
    # Answers go out at once: waiting for a fuller packet costs 40 ms each.
    WSGIRequestHandler.disable_nagle_algorithm = True
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        # All servers of a process have one memory.
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        direct.open(f"{endpoint}/moto-api/reset", data=b"").close()
        client(endpoint).create_bucket(Bucket=BUCKET)
        yield endpoint
    finally:
        server.stop()


def client(endpoint: str) -> Any:  # noqa: ANN401 - boto3 ships no types
    """What a test looks into the bucket with."""
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        config=Config(proxies={}),
    )


def publisher(endpoint: str, prefix: str = "demo/", bucket: str = BUCKET) -> BucketPublisher:
    """Ours, on that server."""
    return BucketPublisher(
        bucket, prefix, ADDRESS, endpoint=endpoint, region="us-east-1", key=KEY, secret=SECRET
    )
