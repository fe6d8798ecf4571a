"""The home of the table of operations: every documented route with what it takes and answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.http.event_schemas import Schema

SIGNED, BEARER, NONE = "signature", "bearer", ""
PAGE, PLAIN, ANY_OBJECT = "text/html", "text/plain", "application/json"
"""Kinds of answers that have no schema of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One documented route.

    Attributes:
        method: In lower case.
        path: With its parameters in braces.
        summary: One sentence.
        secured: By a signature, by a bearer token, or not at all.
        query: Names of query parameters, each described in ``PARAMETERS``.
        body: Name of the body's schema, or "".
        answers: Name of the answer's schema by status; "" is an answer without a body that
            matters, ``PAGE``, ``PLAIN`` and ``ANY_OBJECT`` are answers of another kind.
    """

    method: str
    path: str
    summary: str
    secured: str = NONE
    query: tuple[str, ...] = ()
    body: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)


_INTAKE = {
    400: "Refusal",
    401: "Unauthorised",
    408: "Refusal",
    413: "Refusal",
    415: "Refusal",
    422: "EventAnswer",
    429: "Refusal",
    503: "EventAnswer",
}
_READ = {401: "Refusal", 404: "Refusal", 429: "Refusal", 503: "Refusal"}
_LIST = _READ | {422: "Refusal"}


def _read(path: str, summary: str, answer: str) -> Operation:
    return Operation(
        method="get", path=path, summary=summary, secured=BEARER, answers={200: answer} | _READ
    )


def _list(path: str, summary: str, answer: str) -> Operation:
    return Operation(
        method="get",
        path=path,
        summary=summary,
        secured=BEARER,
        query=("limit", "cursor"),
        answers={200: answer} | _LIST,
    )


_WITHOUT_404 = {status: name for status, name in _LIST.items() if status != 404}  # noqa: PLR2004

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        method="post",
        path="/api/v1/events",
        summary="Report one event; its id is the header webhook-id.",
        secured=SIGNED,
        query=("dry_run",),
        body="Event",
        answers={200: "EventAnswer", 409: "EventAnswer"} | _INTAKE,
    ),
    Operation(
        method="post",
        path="/api/v1/events/batch",
        summary="Report up to 1 000 events under one signature; each is judged by itself.",
        secured=SIGNED,
        query=("dry_run",),
        body="Batch",
        answers={200: "BatchAnswer"} | _INTAKE,
    ),
    Operation(
        method="get",
        path="/api/v1/events",
        summary="Events that took no effect: parked or rejected, newest first.",
        secured=BEARER,
        query=("status", "limit", "cursor"),
        answers={200: "Events"} | _WITHOUT_404,
    ),
    _read("/api/v1/events/{event_id}", "What came of an event.", "EventState"),
    _read("/api/v1/partners/{code}", "A partner with its figures and balance.", "Partner"),
    _list("/api/v1/partners/{code}/commissions", "A partner's commissions.", "Commissions"),
    _list("/api/v1/partners/{code}/payouts", "A partner's pay-outs.", "Payouts"),
    _list("/api/v1/partners/{code}/invoices", "A partner's invoices.", "Invoices"),
    _list("/api/v1/partners/{code}/entitlements", "What a partner may use free.", "Entitlements"),
    _list("/api/v1/partners/{code}/clients", "A partner's clients.", "Clients"),
    _read("/api/v1/clients/{client_id}", "A client and whose it is.", "Client"),
    _list("/api/v1/clients/{client_id}/orders", "What a client has ordered.", "Orders"),
    _read("/api/v1/accounts/{account_id}", "The client of an account.", "Account"),
    Operation(
        method="get",
        path="/api/openapi.json",
        summary="This document.",
        answers={200: ANY_OBJECT},
    ),
    Operation(
        method="get",
        path="/r/{code}",
        summary="Count a click and lead to the landing page with ref and click_id.",
        answers={302: "", 429: PAGE},
    ),
    Operation(
        method="get", path="/healthz", summary="The process is alive.", answers={200: "Health"}
    ),
    Operation(
        method="get",
        path="/readyz",
        summary="The process may be sent work.",
        answers={200: "Readiness", 503: "Readiness"},
    ),
    Operation(
        method="get",
        path="/metrics",
        summary="Counters in the text format of Prometheus, for private networks.",
        answers={200: PLAIN, 401: PAGE},
    ),
)

PARAMETERS: Mapping[str, Schema] = {
    "dry_run": {
        "description": "1 tells what would happen and stores nothing.",
        "schema": {"type": "string", "enum": ["0", "1"]},
    },
    "status": {
        "description": "parked or rejected; both where it is absent.",
        "schema": {"type": "string", "enum": ["parked", "rejected"]},
    },
    "limit": {
        "description": "Rows of a page.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
    },
    "cursor": {
        "description": "The next_cursor of the page before.",
        "schema": {"type": "string"},
    },
}
SIGNATURE_HEADERS: Mapping[str, Schema] = {
    "webhook-id": {
        "description": "1 to 128 printable ASCII characters; the id of the event.",
        "schema": {"type": "string", "pattern": "^[!-~]([ -~]{0,126}[!-~])?$"},
    },
    "webhook-timestamp": {
        "description": "Seconds since 1970, at most 300 from the receiver's clock.",
        "schema": {"type": "string", "pattern": "^[0-9]{1,12}$"},
    },
    "webhook-signature": {
        "description": "v1, and base64 of HMAC-SHA256 of id.timestamp.body; "
        "several are separated by spaces.",
        "schema": {
            "type": "string",
            "pattern": "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$",
        },
    },
}
MEANINGS: Mapping[int, str] = {
    200: "Done.",
    302: "Go on there.",
    400: "The request ended early.",
    401: "Not proven who asks.",
    404: "Nothing is known under this name.",
    408: "The body came too slowly.",
    409: "The id was used for something else.",
    413: "The body is over 4 MiB.",
    415: "The body must not be compressed.",
    422: "Malformed; every wrong field is named and nothing is stored.",
    429: "Too many; see Retry-After.",
    503: "Not possible for now; see Retry-After.",
}
