"""The home of the OpenAPI document: built from the table of operations."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from aiohttp import web

from handlers.http.answer_schemas import ANSWER_SCHEMAS
from handlers.http.doors import DOORS
from handlers.http.errors import json_answer
from handlers.http.event_schemas import record
from handlers.http.examples import (
    ANSWER_EXAMPLES,
    EVENT_EXAMPLES,
    INTAKE_EXAMPLES,
    REFUSAL_EXAMPLES,
)
from handlers.http.operations import (
    ANY_OBJECT,
    BEARER,
    MEANINGS,
    OPERATIONS,
    PAGE,
    PARAMETERS,
    PLAIN,
    SIGNATURE_HEADERS,
    SIGNED,
    Operation,
)
from handlers.http.outbound_schemas import WEBHOOKS
from handlers.http.outbound_webhook import Webhook
from handlers.http.schema_parts import TIME, ref

API_VERSION = "1"
ABOUT = (
    "What your billing reports, what your systems read, and the webhooks that they get. Events "
    "and webhooks are signed as in Standard Webhooks; reading needs a bearer token."
)
JSON = "application/json"
EXAMPLE_TIME = "2026-11-21T10:00:00Z"
OK, UNAUTHORISED = 200, 401
HEADERS: dict[str, dict[str, Any]] = {
    "Retry-After": {
        "description": "Seconds to wait.",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
    "WWW-Authenticate": {"description": "Bearer.", "schema": {"type": "string"}},
}
HEADERS_OF: Mapping[int, tuple[str, ...]] = {
    401: ("WWW-Authenticate",),
    429: ("Retry-After",),
}
_IN_PATH = re.compile(r"\{(\w+)\}")


def ref_to_header(name: str) -> dict[str, str]:
    """Return a reference to a documented header."""
    return {"$ref": f"#/components/headers/{name}"}


async def show_document(request: web.Request) -> web.Response:
    """Show the OpenAPI document."""
    return json_answer(document(request.app[DOORS].public_url))


@lru_cache(maxsize=4)
def document(public_url: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of a server."""
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for operation in OPERATIONS:
        paths[operation.path][operation.method] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Partner Bot", "version": API_VERSION, "description": ABOUT},
        "servers": [{"url": public_url}],
        "paths": dict(paths),
        "webhooks": {kind: {"post": _webhook(kind, hook)} for kind, hook in WEBHOOKS.items()},
        "components": {
            "schemas": dict(ANSWER_SCHEMAS),
            "headers": HEADERS,
            "securitySchemes": {BEARER: {"type": "http", "scheme": "bearer"}},
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": _id_of(operation),
        "summary": operation.summary,
        "parameters": _parameters(operation),
        "responses": {
            str(status): _response(operation, status, name)
            for status, name in sorted(operation.answers.items())
        },
    }
    if operation.body:
        content = {"schema": ref(operation.body), "examples": body_examples(operation.body)}
        described["requestBody"] = {"required": True, "content": {JSON: content}}
    if operation.secured == BEARER:
        described["security"] = [{BEARER: []}]
    return described


def _id_of(operation: Operation) -> str:
    words = re.sub(r"\W+", "_", operation.path.removeprefix("/api/v1")).strip("_")
    return f"{operation.method}_{words}"


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _IN_PATH.findall(operation.path)
    ]
    in_query = [{"name": name, "in": "query", **PARAMETERS[name]} for name in operation.query]
    return in_path + in_query + (_signature_headers() if operation.secured == SIGNED else [])


def _signature_headers() -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "header", "required": True, **meaning}
        for name, meaning in SIGNATURE_HEADERS.items()
    ]


def _response(operation: Operation, status: int, name: str) -> dict[str, Any]:
    response: dict[str, Any] = {"description": MEANINGS[status]}
    headers = {key: ref_to_header(key) for key in HEADERS_OF.get(status, ())}
    if status == UNAUTHORISED and operation.secured != BEARER:
        headers = {}
    if headers:
        response["headers"] = headers
    if name in {PAGE, PLAIN}:
        response["content"] = {name: {"schema": {"type": "string"}}}
    elif name == ANY_OBJECT:
        response["content"] = {JSON: {"schema": {"type": "object"}}}
    elif name:
        content: dict[str, Any] = {"schema": ref(name)}
        example = _example(operation, status, name)
        if example is not None:
            content["example"] = example
        response["content"] = {JSON: content}
    return response


def _example(operation: Operation, status: int, name: str) -> Mapping[str, object] | None:
    if status == OK:
        return ANSWER_EXAMPLES.get(name)
    if operation.secured == SIGNED and status in INTAKE_EXAMPLES:
        return INTAKE_EXAMPLES[status]
    return REFUSAL_EXAMPLES.get(status) if name == "Refusal" else None


def body_examples(body: str) -> dict[str, dict[str, Any]]:
    """Return whole bodies of requests, by a name."""
    envelopes = {
        kind: {"type": kind, "timestamp": EXAMPLE_TIME, "data": data}
        for kind, data in EVENT_EXAMPLES.items()
    }
    if body == "Event":
        return {kind: {"value": envelope} for kind, envelope in envelopes.items()}
    events = [
        {"id": f"evt-{number}"} | envelope for number, envelope in enumerate(envelopes.values())
    ]
    return {"one of each": {"value": {"events": events}}}


def _webhook(kind: str, hook: Webhook) -> dict[str, Any]:
    """Return what we send to the vendor's own address."""
    body = record({"type": {"const": kind}, "timestamp": TIME, "data": hook.data})
    example = {"type": kind, "timestamp": EXAMPLE_TIME, "data": hook.example}
    return {
        "operationId": f"webhook_{kind.replace('.', '_')}",
        "summary": hook.summary,
        "parameters": _signature_headers(),
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": body, "example": example}},
        },
        "responses": {
            "2XX": {"description": "Taken; nothing of the answer is read."},
            "410": {"description": "Gone: nothing more is sent until your staff say so."},
            "default": {"description": "Tried again with growing pauses for a day."},
        },
    }
