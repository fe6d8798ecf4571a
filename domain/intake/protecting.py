"""The home of protection: what a pin does to attribution, and its end (R5, R23)."""

from dataclasses import replace

from domain.entities.client import Client
from domain.entities.pin import Pin, PinReason, PinStatus
from domain.intake.facts import Facts
from domain.period import text_of
from domain.rules.attribution import Touch

QUIET_ENDS = frozenset({PinReason.RELEASED, PinReason.MOVED})
"""Ends that the partner brought about, or is told of in other words."""


def active_pins(facts: Facts, client_id: int) -> list[Pin]:
    """Return the pins that protect the client: one at most."""
    return [pin for pin in facts.pins.of(client_id) if pin.protects]


def pin_touches(facts: Facts, client: Client) -> list[Touch]:
    """Return what pins weigh in attribution: more than any click (R5)."""
    return [
        Touch(
            enrolment_id=pin.enrolment_id,
            code=facts.enrolments[pin.enrolment_id].code,
            at=pin.created_at,
            order=pin.id,
            is_pinned=True,
        )
        for pin in active_pins(facts, client.id)
    ]


def end_pin(facts: Facts, pin: Pin, reason: PinReason) -> Pin:
    """End a pin; partner and vendor are told where it protected. Return it as it stands then."""
    after = replace(pin, status=PinStatus.ENDED, reason=reason, ended_at=facts.now)
    facts.pins.put(pin.id, after)
    if not pin.protects or reason is PinReason.SAME_CLIENT:
        return after
    tell_vendor(facts, "client.unprotected", after)
    if reason not in QUIET_ENDS:
        params: dict[str, object] = {"account": pin.account_id, "reason": reason.value}
        facts.tell_admins(pin.enrolment_id, "pin_ended", params | {"pin_id": pin.id})
    return after


def end_others(facts: Facts, client_id: int, keeps: int | None) -> None:
    """End the protection of a client that belongs to another partner now."""
    for pin in active_pins(facts, client_id):
        if pin.enrolment_id != keeps:
            end_pin(facts, pin, PinReason.MOVED)


def tell_vendor(facts: Facts, kind: str, pin: Pin, **more: object) -> None:
    """Tell the vendor's systems of a pin."""
    if not facts.tells_vendor:
        return
    client = facts.clients.get(pin.client_id or 0)
    at = pin.ended_at or pin.answered_at or pin.created_at
    facts.tell_vendor(
        kind,
        {
            "account_id": pin.account_id,
            "client_id": client.shown_id if client else None,
            "partner_code": facts.enrolments[pin.enrolment_id].code,
            "program": pin.program,
            "protected": pin.protects,
            "reason": pin.reason.value if pin.reason else None,
            "at": text_of(at),
        }
        | more,
        subject=f"account:{pin.account_id}",
        client_id=pin.client_id,
    )
