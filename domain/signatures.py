"""The home of Standard Webhooks signatures, both ways: HMAC-SHA256 over id, time and raw body."""

import base64
import hmac
from collections.abc import Sequence

SECRET_PREFIX = "whsec_"  # noqa: S105 - a prefix
VERSION = "v1"


def key_of(secret: str) -> bytes:
    """Return the bytes behind a secret, ``whsec_`` and base64.

    Raises:
        ValueError: it is something else, or empty.
    """
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX).encode("ascii"), validate=True)
    if not key:
        raise ValueError("an empty secret signs nothing")
    return key


def sign(key: bytes, event_id: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a request, as it stands in its header."""
    message = f"{event_id}.{timestamp}.".encode() + body
    digest = hmac.digest(key, message, "sha256")
    return f"{VERSION},{base64.b64encode(digest).decode()}"


def sign_with_all(keys: Sequence[bytes], event_id: str, timestamp: str, body: bytes) -> str:
    """Return one signature per key with spaces between: who reads takes the one it knows."""
    return " ".join(sign(key, event_id, timestamp, body) for key in keys)
