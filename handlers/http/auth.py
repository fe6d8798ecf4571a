"""The home of proving who asks: Standard Webhooks signatures and bearer tokens."""

import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from multidict import CIMultiDictProxy

from domain.period import text_of
from domain.signatures import VERSION, sign
from handlers.http.errors import Refused

TOLERANCE_SECONDS = 300
ID_LENGTH_MAX = 128

_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)
_PRINTABLE = re.compile(r"[!-~](?:[ -~]*[!-~])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class SignedHeaders:
    """The three headers of a Standard Webhooks request, each well formed."""

    id: str
    timestamp: str
    signatures: tuple[bytes, ...]


def read_headers(
    headers: CIMultiDictProxy[str], keys: Sequence[bytes], now: datetime
) -> SignedHeaders:
    """Return the signature headers; the signature itself is not checked yet.

    Raises:
        Refused: 401, one is missing or odd, or too far from our clock.
    """
    if not keys:
        raise _refused("no_secret", "no billing secret is configured here: events are refused")
    event_id = _only(headers, "webhook-id", now)
    if len(event_id) > ID_LENGTH_MAX or not _PRINTABLE.fullmatch(event_id):
        raise _refused("bad_id", "webhook-id must be 1 to 128 printable ASCII characters", now)
    timestamp = _only(headers, "webhook-timestamp", now)
    if not _SECONDS.fullmatch(timestamp):
        raise _refused("bad_timestamp", "webhook-timestamp must be whole seconds since 1970", now)
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
        message = f"webhook-timestamp is more than {TOLERANCE_SECONDS} s from our clock"
        raise _refused("timestamp_too_far", message, now)
    listed = _only(headers, "webhook-signature", now)
    signatures = tuple(
        text.encode()
        for text in listed.split(" ")
        if text.isascii() and text.startswith(f"{VERSION},")
    )
    return SignedHeaders(event_id, timestamp, signatures)


def check_signature(
    signed: SignedHeaders, body: bytes, keys: Iterable[bytes], now: datetime
) -> None:
    """Check that one of the secrets signed exactly these bytes.

    Raises:
        Refused: 401, none did.
    """
    genuine = False
    for key in keys:
        expected = sign(key, signed.id, signed.timestamp, body).encode()
        for signature in signed.signatures:
            genuine |= hmac.compare_digest(expected, signature)
    if not genuine:
        raise _refused("bad_signature", "no signature fits these bytes and our secret", now)


def require_token(headers: CIMultiDictProxy[str], tokens: Sequence[bytes]) -> int:
    """Return which of the bearer tokens the request carries.

    Raises:
        Refused: 401, none of them.
    """
    if not tokens:
        raise _bearer("no_token", "no API token is configured here: the read routes are closed")
    values = headers.getall("Authorization", ())
    scheme, _, token = values[0].partition(" ") if len(values) == 1 else ("", "", "")
    said = token.strip().encode("utf-8", "surrogateescape")
    found = -1
    for number, known in enumerate(tokens):
        if hmac.compare_digest(known, said):
            found = number
    if scheme.lower() != "bearer" or found < 0:
        raise _bearer("bad_token", "send a configured token as Authorization: Bearer TOKEN")
    return found


def _only(headers: CIMultiDictProxy[str], name: str, now: datetime) -> str:
    values = headers.getall(name, ())
    if len(values) != 1 or not values[0]:
        raise _refused("missing_header", f"{name} must be there exactly once", now)
    return values[0]


def _refused(code: str, message: str, now: datetime | None = None) -> Refused:
    return Refused(401, code, message, more=None if now is None else {"now": text_of(now)})


def _bearer(code: str, message: str) -> Refused:
    return Refused(401, code, message, headers={"WWW-Authenticate": "Bearer"})
