"""The home of decoding bodies: urlencoded, multipart or JSON, from calls and webhook answers."""

import asyncio
import json
from collections.abc import AsyncIterable, Mapping
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, StreamReader
from aiohttp.base_protocol import BaseProtocol

from bot.simulator.api.arguments import Arguments, Upload
from bot.simulator.errors import ApiError

_FIELDS_SLACK_BYTES = 1024 * 1024


async def read_limited(chunks: AsyncIterable[bytes], *, most: int) -> bytes:
    """Read a body of at most ``most`` bytes (and a little room for the fields).

    The rest of a body that is too big is read and thrown away, so that the sender lives to
    read the answer.

    Raises:
        ApiError: 413, the body is too big.
    """
    parts: list[bytes] = []
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size <= most + _FIELDS_SLACK_BYTES:
            parts.append(chunk)
    if size > most + _FIELDS_SLACK_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    return b"".join(parts)


async def decode(body: bytes, headers: Mapping[str, str], query: str = "") -> Arguments:
    """Turn a body and a query string into arguments; the body wins.

    Raises:
        ApiError: The body is not what its content type says.
    """
    arguments = Arguments(values=dict(parse_qsl(query, keep_blank_values=True)))
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if not body:
        return arguments
    if kind == "application/json":
        arguments.values.update(_json_fields(body))
    elif kind.startswith("multipart/"):
        await _read_parts(body, headers, arguments)
    elif kind in {"", "application/x-www-form-urlencoded"}:
        arguments.values.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return arguments


def _json_fields(body: bytes) -> dict[str, str]:
    try:
        parsed = json.loads(body)
    except ValueError as error:
        raise ApiError(400, "Bad Request: can't parse JSON in the request body") from error
    if not isinstance(parsed, dict):
        raise ApiError(400, "Bad Request: object expected in the request body")
    return {name: _as_text(value) for name, value in parsed.items()}


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


async def _read_parts(body: bytes, headers: Mapping[str, str], arguments: Arguments) -> None:
    loop = asyncio.get_running_loop()
    # A limit above the body's size: nothing ever has to be paused.
    stream = StreamReader(BaseProtocol(loop), len(body) + 1, loop=loop)
    stream.feed_data(body)
    stream.feed_eof()
    try:
        reader = MultipartReader(headers, stream)
        while (part := await reader.next()) is not None:
            if isinstance(part, BodyPartReader) and part.name:
                await _read_part(part, part.name, arguments)
    except (ValueError, AssertionError) as error:
        raise ApiError(400, "Bad Request: can't parse the multipart body") from error


async def _read_part(part: BodyPartReader, name: str, arguments: Arguments) -> None:
    content = bytes(await part.read(decode=True))
    if part.filename is None:
        arguments.values[name] = content.decode("utf-8", "replace")
        return
    mime_type = part.headers.get("Content-Type", "application/octet-stream")
    arguments.uploads[name] = Upload(name=part.filename, mime_type=mime_type, content=content)
