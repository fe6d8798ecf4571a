"""The home of the billing intake: signed events in, what came of each out."""

import logging
from collections.abc import Mapping, Sequence

from aiohttp import web

from domain.events.read import EVENT_TYPES
from domain.usecases.events.record import Answer, Malformed, ReportedEvent, Result
from handlers.http.addresses import sender_of
from handlers.http.auth import check_signature, read_headers
from handlers.http.doors import BILLING_KEYS, DOORS, GATHER, THROTTLE
from handlers.http.envelope import Envelope, not_an_object, read_envelope
from handlers.http.errors import Refused, error_of, json_answer, malformed, not_durable
from handlers.http.json_body import PROBLEMS_MAX, has_escapes, parse_object, read_body

BATCH_SIZE_MAX = 1_000
_FIELD_LENGTH_MAX = 200
_HTTP_OF = {"conflict": 409, "malformed": 422}

logger = logging.getLogger(__name__)


async def post_event(request: web.Request) -> web.Response:
    """Apply one event and answer by what came of it."""
    dry_run = _wants_dry_run(request)
    event_id, body = await _signed_body(request)
    envelope = read_envelope(
        _parsed(body, event_id),
        event_id=event_id,
        is_escaped=has_escapes(body),
        now=request.app[DOORS].clock(),
    )
    [told] = await _judge(request, [envelope], dry_run=dry_run)
    status = _HTTP_OF.get(str(told["status"]), 200)
    return json_answer(_marked(told, dry_run=dry_run), status)


async def post_batch(request: web.Request) -> web.Response:
    """Apply up to 1 000 events, each judged by itself."""
    dry_run = _wants_dry_run(request)
    _, body = await _signed_body(request)
    now, is_escaped = request.app[DOORS].clock(), has_escapes(body)
    envelopes = [
        read_envelope(item, event_id=None, is_escaped=is_escaped, now=now)
        if isinstance(item, dict)
        else not_an_object()
        for item in _items(parse_object(body))
    ]
    results = await _judge(request, envelopes, dry_run=dry_run)
    return json_answer(_marked({"results": results}, dry_run=dry_run))


def _wants_dry_run(request: web.Request) -> bool:
    said = request.query.getall("dry_run", ["0"])
    if len(said) > 1 or said[0].lower() not in {"0", "1", "true", "false"}:
        raise malformed("dry_run", "dry_run must be 1 or 0")
    return said[0].lower() in {"1", "true"}


async def _signed_body(request: web.Request) -> tuple[str, bytes]:
    """Return the id in the header and the raw body, both proven to come from billing."""
    doors, throttle = request.app[DOORS], request.app[THROTTLE]
    sender = sender_of(request, doors.trusted_proxies)
    keys = request.app[BILLING_KEYS]
    try:
        signed = read_headers(request.headers, keys, doors.clock())
        body = await read_body(
            request,
            bytes_max=doors.body_bytes_max,
            timeout_seconds=doors.read_timeout_seconds,
        )
        check_signature(signed, body, keys, doors.clock())
    except Refused as refused:
        if refused.status == web.HTTPUnauthorized.status_code:
            throttle.count(doors.limits.refused, "refused", sender)
        raise
    throttle.count(doors.limits.events, "events", sender)
    return signed.id, body


def _parsed(body: bytes, event_id: str) -> dict[str, object]:
    try:
        return parse_object(body)
    except Refused as refused:
        refused.body["id"] = event_id
        raise


def _items(body: Mapping[str, object]) -> Sequence[object]:
    items = body.get("events")
    if not isinstance(items, list) or not 0 < len(items) <= BATCH_SIZE_MAX:
        message = f"must be a list of 1 to {BATCH_SIZE_MAX} events"
        raise malformed("events", message)
    return items


async def _judge(
    request: web.Request, envelopes: Sequence[Envelope], *, dry_run: bool
) -> list[dict[str, object]]:
    """Return what came of each, in order."""
    reported = [envelope.reported for envelope in envelopes if envelope.reported]
    answers = iter(await _record(request, reported, dry_run=dry_run) if reported else [])
    results: list[dict[str, object]] = []
    metrics = request.app[DOORS].metrics
    for envelope in envelopes:
        result = next(answers) if envelope.reported else envelope.malformed
        told = _told(result, envelope.ignored)
        known = envelope.kind if envelope.kind in EVENT_TYPES else "unknown"
        metrics.count_event(known, "dry_run" if dry_run else str(told["status"]))
        results.append(told)
    return results


async def _record(
    request: web.Request, reported: Sequence[ReportedEvent], *, dry_run: bool
) -> list[Result]:
    try:
        if dry_run:
            [answers] = await request.app[DOORS].record_events([reported], dry_run=True)
            return answers
        return await request.app[GATHER](reported)
    except Refused:
        raise
    except Exception as error:
        logger.exception("events were not stored: %d", len(reported))
        event_id = reported[0].id if len(reported) == 1 else None
        raise not_durable(event_id) from error


def _told(result: Result, ignored: Sequence[str]) -> dict[str, object]:
    """Return the answer to one event."""
    told: dict[str, object] = {"id": result.id or None}
    if isinstance(result, Malformed):
        told |= _told_malformed(result)
    else:
        told |= _told_answer(result)
    if ignored:
        told["ignored"] = [name[:_FIELD_LENGTH_MAX] for name in ignored]
    return told


def _told_answer(answer: Answer) -> dict[str, object]:
    told: dict[str, object] = {"status": answer.status}
    if answer.reason is not None:
        told["reason"] = answer.reason
    error = answer.error
    told["error"] = error_of(error.code, error.field, error.message) if error else None
    return told


def _told_malformed(malformed: Malformed) -> dict[str, object]:
    errors = [
        {"field": problem.field[:_FIELD_LENGTH_MAX], "message": problem.message}
        for problem in malformed.problems[:PROBLEMS_MAX]
    ]
    first = errors[0]
    return {
        "status": "malformed",
        "error": error_of("malformed", first["field"], first["message"]),
        "errors": errors,
    }


def _marked(answer: dict[str, object], *, dry_run: bool) -> dict[str, object]:
    return answer | {"dry_run": True} if dry_run else answer
