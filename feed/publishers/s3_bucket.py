"""A bucket that speaks S3: Amazon's, MinIO, 阿里云 OSS, 腾讯云 COS, Cloudflare R2. The home of boto3.

One PUT a file, so that a file appears whole or not at all and a killed run leaves no half; with its type and with
how long it may be kept. What is there already, told by its size and the hash that was put beside it, is not sent again.
"""

from __future__ import annotations

import base64
import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from feed import file_names
from feed.errors import PublishFailed
from feed.publishers.publisher import PublishedFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HASH_FIELD = "sha256"
"""Metadata field for the hash; an ETag is a hash with some servers and some files only."""

MAX_TRIES = 5
TIMEOUT_SECONDS = 30
"""Longest silence of the server."""

MISSING_CODES = frozenset({"404", "NoSuchKey", "NotFound"})


class BucketPublisher:
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
                connect_timeout=TIMEOUT_SECONDS,
                read_timeout=TIMEOUT_SECONDS,
                retries={"total_max_attempts": MAX_TRIES, "mode": "standard"},
                # Other makers' servers do not know Amazon's newer checksums; Content-MD5 they all do.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Upload a file unless the same bytes are there."""
        file_names.refuse_name(name)
        with self._errors_as_sentence(name, "written"):
            data = path.read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            if self._stored_version(name) != (len(data), digest):
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=self._prefix + name,
                    Body=data,
                    ContentType=content_type,
                    CacheControl=file_names.cache_control(name),
                    ContentMD5=base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode(),
                    Metadata={HASH_FIELD: digest},
                )
        return self._address + name

    def remove(self, name: str) -> None:
        """Delete an object; do nothing if it is not there."""
        file_names.refuse_name(name)
        with self._errors_as_sentence(name, "removed"):
            self._client.delete_object(Bucket=self._bucket, Key=self._prefix + name)

    def names(self) -> frozenset[str]:
        """Return the names of the objects directly below the prefix."""
        pages = self._client.get_paginator("list_objects_v2")
        with self._errors_as_sentence("", "listed"):
            return frozenset(
                item["Key"].removeprefix(self._prefix)
                for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix, Delimiter="/")
                for item in page.get("Contents", ())
            )

    def read_file(self, name: str) -> bytes | None:
        """Return the bytes of an object; None if it is not there."""
        with self._errors_as_sentence(name, "read"):
            try:
                answer = self._client.get_object(Bucket=self._bucket, Key=self._prefix + name)
            except ClientError as error:
                if _is_missing(error):
                    return None
                raise
            return bytes(answer["Body"].read())

    def describe_file(self, name: str) -> PublishedFile | None:
        """Return size and moment of the last upload; None if the object is not there."""
        with self._errors_as_sentence(name, "read"):
            head = self._head_object(name)
        return PublishedFile(head["ContentLength"], head["LastModified"]) if head else None

    def _head_object(self, name: str) -> dict[str, Any] | None:
        try:
            head: dict[str, Any] = self._client.head_object(Bucket=self._bucket, Key=self._prefix + name)
        except ClientError as error:
            if _is_missing(error):
                return None
            raise
        return head

    def _stored_version(self, name: str) -> tuple[int, str] | None:
        """Return size and hash of the stored object, or None."""
        head = self._head_object(name)
        return None if head is None else (head["ContentLength"], head.get("Metadata", {}).get(HASH_FIELD, ""))

    @contextmanager
    def _errors_as_sentence(self, name: str, done: str) -> Iterator[None]:
        """Raise `PublishFailed` with one sentence, without keys, for errors of server or network."""
        try:
            yield
        except ClientError as error:
            answer = error.response.get("Error", {})
            why = f"{answer.get('Code', 'refused')} {answer.get('Message', '')}".strip()
            raise PublishFailed(self._failure_sentence(name, done, why)) from error
        except (BotoCoreError, OSError, ValueError) as error:
            raise PublishFailed(self._failure_sentence(name, done, str(error))) from error

    def _failure_sentence(self, name: str, done: str, why: str) -> str:
        return (
            f"s3://{self._bucket}/{self._prefix}{name} cannot be {done}: {why}; what was published before still is, "
            "look at the bucket and its keys and publish again"
        )


def _is_missing(error: ClientError) -> bool:
    return error.response.get("Error", {}).get("Code") in MISSING_CODES
