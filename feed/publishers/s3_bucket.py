"""A bucket that speaks S3: Amazon's, MinIO, 阿里云 OSS, 腾讯云 COS, Cloudflare R2. The home of boto3.

One PUT a file, so that a file appears whole or not at all and a killed run leaves no half; with its type and with
how long it may be kept. What is there already, told by its size and the hash that was put beside it, is not sent again.
"""

from __future__ import annotations

import base64
import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from feed import file_names
from feed.errors import PublishFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HASH = "sha256"
"""The metadata that names the content; an ETag is a hash of it with some servers and for some files only."""

TRIES = 5
SECONDS = 30
"""How long a server may be silent."""

MISSING = frozenset({"404", "NoSuchKey", "NotFound"})


class S3:
    """Files of a bucket below `prefix`, whose public URL is `address` with a final slash.

    `endpoint` is empty for Amazon; without `key` and `secret` those that boto3 finds by itself are used.
    """

    def __init__(
        self,
        bucket: str,
        prefix: str,
        address: str,
        *,
        endpoint: str = "",
        region: str = "",
        key: str = "",
        secret: str = "",
    ) -> None:
        self._bucket = bucket
        self._prefix = prefix
        self._address = address
        self._client = boto3.client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=region or None,
            aws_access_key_id=key or None,
            aws_secret_access_key=secret or None,
            config=Config(
                connect_timeout=SECONDS,
                read_timeout=SECONDS,
                retries={"total_max_attempts": TRIES, "mode": "standard"},
                # Other makers' servers do not know Amazon's newer checksums; Content-MD5 they all do.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Send the file, unless the same is there."""
        file_names.refuse(name)
        with self._told(name, "written"):
            data = path.read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            if self._held(name) != (len(data), digest):
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=self._prefix + name,
                    Body=data,
                    ContentType=content_type,
                    CacheControl=file_names.cache_control(name),
                    ContentMD5=base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode(),
                    Metadata={HASH: digest},
                )
        return self._address + name

    def remove(self, name: str) -> None:
        """Delete the object; what is not there is gone already."""
        file_names.refuse(name)
        with self._told(name, "removed"):
            self._client.delete_object(Bucket=self._bucket, Key=self._prefix + name)

    def names(self) -> frozenset[str]:
        """The objects directly below the prefix."""
        pages = self._client.get_paginator("list_objects_v2")
        with self._told("", "listed"):
            return frozenset(
                item["Key"].removeprefix(self._prefix)
                for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix, Delimiter="/")
                for item in page.get("Contents", ())
            )

    def _held(self, name: str) -> tuple[int, str] | None:
        """Size and hash of what is there, if anything."""
        try:
            head = self._client.head_object(Bucket=self._bucket, Key=self._prefix + name)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in MISSING:
                return None
            raise
        return head["ContentLength"], head.get("Metadata", {}).get(HASH, "")

    @contextmanager
    def _told(self, name: str, done: str) -> Iterator[None]:
        """What the server or the network refuses, as one sentence without any key."""
        try:
            yield
        except ClientError as error:
            told = error.response.get("Error", {})
            why = f"{told.get('Code', 'refused')} {told.get('Message', '')}".strip()
            raise PublishFailed(self._sentence(name, done, why)) from error
        except (BotoCoreError, OSError, ValueError) as error:
            raise PublishFailed(self._sentence(name, done, str(error))) from error

    def _sentence(self, name: str, done: str, why: str) -> str:
        return (
            f"s3://{self._bucket}/{self._prefix}{name} cannot be {done}: {why}; what was on air still is, "
            "look at the bucket and its keys and publish again"
        )
