"""The home of strict JSON: what arrives is an object that means one thing, or is refused."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NoReturn

from aiohttp import web
from aiohttp.web_exceptions import HTTPRequestEntityTooLarge

from domain.events.fields import FieldProblem
from handlers.http.errors import Refused, malformed

DEPTH_MAX = 32
PROBLEMS_MAX = 100
_PATH_LENGTH_MAX = 200
_NESTING = (dict, list)


async def read_body(request: web.Request, *, bytes_max: int, timeout_seconds: float) -> bytes:
    """Return the raw body.

    Raises:
        Refused: 408, 413 or 415.
    """
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Refused(415, "content_encoding", "send the body as it is, not compressed")
    if (request.content_length or 0) > bytes_max:
        raise _too_large(bytes_max)
    try:
        body = await _all_of(request, timeout_seconds)
    except TimeoutError:
        message = f"the body did not arrive within {timeout_seconds:g} s"
        raise Refused(408, "too_slow", message, headers={"Connection": "close"}) from None
    except HTTPRequestEntityTooLarge:
        raise _too_large(bytes_max) from None
    except (web.RequestPayloadError, ConnectionError):
        raise Refused(400, "cut_off", "the body ended early") from None
    if len(body) > bytes_max:
        raise _too_large(bytes_max)
    return body


async def _all_of(request: web.Request, timeout_seconds: float) -> bytes:
    if request.content.is_eof():
        # It came together with its headers, as most do.
        return await request.read()
    async with asyncio.timeout(timeout_seconds):
        return await request.read()


def _too_large(bytes_max: int) -> Refused:
    return Refused(413, "too_large", f"the body must have at most {bytes_max} bytes")


def parse_object(body: bytes) -> dict[str, object]:
    """Return the JSON object.

    Raises:
        Refused: 422, it is no such object, or one that parsers may read differently.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _malformed(f"is not UTF-8: byte {error.start}") from None
    try:
        value = _DECODER.decode(text)
    except _Ambiguous as error:
        raise _malformed(str(error)) from None
    except json.JSONDecodeError as error:
        message = f"is not JSON: {error.msg}, line {error.lineno}, column {error.colno}"
        raise _malformed(message) from None
    except ValueError:
        raise _malformed("holds a number that is too long") from None
    except RecursionError:
        raise _malformed("is nested too deep") from None
    if not isinstance(value, dict):
        raise _malformed("must be a JSON object")
    return value


def _malformed(message: str) -> Refused:
    return malformed("", f"the body {message}")


class _Ambiguous(ValueError):
    """Parsers differ on what this means."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _Ambiguous(f"has the key {json.dumps(key[:_PATH_LENGTH_MAX])} twice")
            seen.add(key)
    return value


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise _Ambiguous(f"holds a number that is not finite: {text[:40]}")
    return number


def _no_constant(text: str) -> NoReturn:
    raise _Ambiguous(f"holds {text}, which is not JSON")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=_finite, parse_constant=_no_constant
)


def has_escapes(body: bytes) -> bool:
    """Test if a body may hold NUL or half characters: JSON writes them as escapes only."""
    return b"\\u" in body


def content_problems(value: object, *, is_escaped: bool) -> list[FieldProblem]:
    """Return what no event may hold: NUL, half characters, too deep nesting.

    Args:
        value: What was parsed.
        is_escaped: Whether the bytes it was parsed from have escapes. That is asked once for a
            whole batch, and most bodies have none.
    """
    if not is_escaped and _fits(value, DEPTH_MAX):
        return []
    return list(islice(_walk(value, "", 1), PROBLEMS_MAX))


def _fits(value: object, levels: int) -> bool:
    """Test if nothing is nested deeper than so many levels."""
    if isinstance(value, dict):
        return levels > 0 and all(_fits(item, levels - 1) for item in _nested(value.values()))
    if isinstance(value, list):
        return levels > 0 and all(_fits(item, levels - 1) for item in _nested(value))
    return True


def _nested(items: Iterable[object]) -> list[object]:
    return [item for item in items if isinstance(item, _NESTING)]


def _walk(value: object, path: str, depth: int) -> Iterator[FieldProblem]:
    if isinstance(value, str):
        message = _text_problem(value)
        if message:
            yield FieldProblem(path, message)
    elif depth > DEPTH_MAX:
        if isinstance(value, dict | list):
            yield FieldProblem(path[:_PATH_LENGTH_MAX], f"is nested deeper than {DEPTH_MAX}")
    elif isinstance(value, dict):
        for key, item in value.items():
            message = _text_problem(key)
            if message:
                yield FieldProblem(path, f"has a key that {message}")
            yield from _walk(item, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, f"{path}[{index}]", depth + 1)


def _text_problem(text: str) -> str | None:
    if "\0" in text:
        return "must not contain NUL"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "must not contain half of a surrogate pair"
    return None
