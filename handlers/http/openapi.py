"""The home of the OpenAPI document: built from the table of operations."""

import re
from collections import defaultdict
from functools import lru_cache
from typing import Any

from aiohttp import web

from handlers.http.answer_schemas import ANSWER_SCHEMAS, ref
from handlers.http.doors import DOORS
from handlers.http.errors import json_answer
from handlers.http.operations import (
    BEARER,
    MEANINGS,
    OPERATIONS,
    PARAMETERS,
    SIGNATURE_HEADERS,
    SIGNED,
    Operation,
)

API_VERSION = "1"
_IN_PATH = re.compile(r"\{(\w+)\}")


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
        "info": {"title": "Partner Bot", "version": API_VERSION},
        "servers": [{"url": public_url}],
        "paths": dict(paths),
        "components": {
            "schemas": dict(ANSWER_SCHEMAS),
            "securitySchemes": {BEARER: {"type": "http", "scheme": "bearer"}},
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": _id_of(operation),
        "summary": operation.summary,
        "parameters": _parameters(operation),
        "responses": {
            str(status): _response(status, name)
            for status, name in sorted(operation.answers.items())
        },
    }
    if operation.body:
        content = {"application/json": {"schema": ref(operation.body)}}
        described["requestBody"] = {"required": True, "content": content}
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
    in_header = [
        {
            "name": name,
            "in": "header",
            "required": True,
            "description": meaning,
            "schema": {"type": "string"},
        }
        for name, meaning in SIGNATURE_HEADERS.items()
        if operation.secured == SIGNED
    ]
    return in_path + in_query + in_header


def _response(status: int, name: str) -> dict[str, Any]:
    response: dict[str, Any] = {"description": MEANINGS[status]}
    if name:
        response["content"] = {"application/json": {"schema": ref(name)}}
    return response
