"""The home of `python -m bot send-event`: signs an event and posts it, as an example."""

import json
import secrets
import shlex
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import aiohttp

from domain.signatures import key_of, sign

EVENTS_PATH = "/api/v1/events"
BATCH_PATH = f"{EVENTS_PATH}/batch"
TIMEOUT_SECONDS = 60
HTTP_OK = 200


class _Unfit(Exception):
    """The file cannot be sent."""


async def run_send_event(
    path: Path,
    *,
    url: str,
    secret: str,
    say: Callable[[str], None] = print,
    now: Callable[[], float] = time.time,
) -> int:
    """Sign the file as it is, post it, and show how the same is done with curl.

    Args:
        path: JSON: an envelope, or ``{"events": [...]}``. Its ``id`` becomes the header
            ``webhook-id``; without one a fresh id is made.
        url: Where the server is, such as ``https://partners.example.com``.
        secret: The Standard Webhooks secret, ``whsec_`` and base64.
        say: Shows a line.
        now: Tells the seconds since 1970.

    Returns:
        The exit code: 0 where the server answered 200, else 1.
    """
    try:
        key = _key(secret)
        body, event_id, is_batch = _read(path)
    except _Unfit as unfit:
        say(str(unfit))
        return 1
    target = f"{url.rstrip('/')}{BATCH_PATH if is_batch else EVENTS_PATH}"
    timestamp = str(int(now()))
    headers = {
        "webhook-id": event_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": sign(key, event_id, timestamp, body),
        "content-type": "application/json",
    }
    say(f"POST {target}")
    for name, value in headers.items():
        say(f"{name}: {value}")
    say(f"\nThe same with curl, good for 5 minutes:\n{_curl(target, headers, path)}\n")
    return await _post(target, headers, body, say)


def _key(secret: str) -> bytes:
    if not secret:
        raise _Unfit("No secret: set `secret` in [billing] of config.toml.")
    try:
        return key_of(secret)
    except ValueError:
        raise _Unfit("The secret is not whsec_ followed by base64.") from None


def _read(path: Path) -> tuple[bytes, str, bool]:
    """Return the bytes of the file, its id, and whether it is a batch."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise _Unfit(f"Cannot read {path}: {error.strerror or error}.") from None
    try:
        envelope = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _Unfit(f"{path} is not JSON: {error}.") from None
    if not isinstance(envelope, dict):
        raise _Unfit(f"{path} must hold a JSON object.")
    event_id = envelope.get("id")
    is_named = isinstance(event_id, str) and event_id.isascii() and event_id.isprintable()
    fresh = f"evt_{secrets.token_hex(12)}"
    return body, str(event_id) if is_named and event_id else fresh, "events" in envelope


def _curl(target: str, headers: Mapping[str, str], path: Path) -> str:
    lines = [f"curl -i {shlex.quote(target)}"]
    lines += [f"  -H {shlex.quote(f'{name}: {value}')}" for name, value in headers.items()]
    lines.append(f"  --data-binary @{shlex.quote(str(path))}")
    return " \\\n".join(lines)


async def _post(
    target: str, headers: Mapping[str, str], body: bytes, say: Callable[[str], None]
) -> int:
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(target, data=body, headers=headers) as answer,
        ):
            text = await answer.text(errors="replace")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        say(f"No answer from {target}: {str(error) or type(error).__name__}")
        return 1
    say(f"HTTP {answer.status} {answer.reason or ''}".rstrip())
    retry_after = answer.headers.get("Retry-After")
    if retry_after:
        say(f"Retry-After: {retry_after}")
    say(_pretty(text))
    return 0 if answer.status == HTTP_OK else 1


def _pretty(text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except ValueError:
        return text
