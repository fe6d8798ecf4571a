"""The home of refusals over HTTP: one shape of JSON for every "no"."""

import json
from collections.abc import Mapping

from aiohttp import web

RETRY_AFTER_SECONDS = 5

_JSON = {"Content-Type": "application/json; charset=utf-8"}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Refused(Exception):
    """An answer other than 2xx, raised where it is found out and sent by the edge.

    Attributes:
        status: The HTTP status.
        body: The JSON object to send.
        headers: Further headers.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        """Keep the answer; ``more`` stands beside ``error`` in it."""
        super().__init__(code)
        self.status = status
        self.body = dict(more or {}) | {"error": error_of(code, field, message)}
        self.headers = dict(headers or {})


def error_of(code: str, field: str | None, message: str) -> dict[str, str | None]:
    """Return an error as the API shows it."""
    return {"code": code, "field": field, "message": message}


def malformed(field: str, message: str) -> Refused:
    """Return that a request cannot be read."""
    return Refused(
        422,
        "malformed",
        message,
        field=field or None,
        more={
            "id": None,
            "status": "malformed",
            "errors": [{"field": field, "message": message}],
        },
    )


def not_durable(event_id: str | None) -> Refused:
    """Return that nothing is known to be stored, so that the sender tries again."""
    return Refused(
        503,
        "not_durable",
        "not stored for now; send the same again later",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
        more={"id": event_id, "status": "not_durable"},
    )


def too_many(retry_after_seconds: int) -> Refused:
    """Return that the sender is too fast."""
    return Refused(
        429,
        "too_many_requests",
        f"too many requests; go on in {retry_after_seconds} s",
        headers={"Retry-After": str(retry_after_seconds)},
    )


def json_answer(
    body: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Return a JSON answer."""
    return web.Response(
        body=_encode(body).encode("utf-8", "backslashreplace"),
        status=status,
        headers=_JSON if headers is None else {**_JSON, **headers},
    )
