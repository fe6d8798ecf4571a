"""The home of the audit trail as people read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AuditGroup(StrEnum):
    """A kind of action, to filter by."""

    MONEY = "money"
    PARTNERS = "partners"
    STAFF = "staff"
    BROADCASTS = "broadcasts"
    DENIED = "denied"


GROUP_PREFIXES: Mapping[AuditGroup, tuple[str, ...]] = {
    AuditGroup.MONEY: (
        "payout",
        "payment",
        "refund",
        "entry",
        "adjustment",
        "conversion",
        "commission",
        "fraud",
        "books",
        "bank",
    ),
    AuditGroup.PARTNERS: (
        "rules",
        "vendor",
        "partner",
        "enrolment",
        "standing",
        "application",
        "claim",
        "client",
        "promo",
        "member",
        "link",
        "document",
        "paper",
        "mail",
        "ticket",
    ),
    AuditGroup.STAFF: ("staff", "audit", "report"),
    AuditGroup.BROADCASTS: ("broadcast",),
    AuditGroup.DENIED: ("denied",),
}
"""How the names of a group's actions begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which rows are wanted; what is ``None`` narrows nothing.

    Attributes:
        actor: Who did it.
        partner_id: What concerns this partner: its enrolments, pay-outs, payments.
        client_id: What concerns this client: its claims, payments, pins, invoices, checks.
        group: Kind of action.
        money_only: Only what concerns money, whatever else is asked for (A60).
    """

    actor: int | None = None
    partner_id: int | None = None
    client_id: int | None = None
    group: AuditGroup | None = None
    money_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One row of the trail with names instead of numbers where they are known.

    Attributes:
        id: Our id; grows with time.
        at: When.
        actor: Who, ``None`` for somebody unknown or erased.
        actor_name: Its name.
        role: What it was at that time.
        action: What was done.
        subject: To what, as it was written down.
        label: The object's name, ``None`` where it has none.
        details: Facts of the action.
    """

    id: int
    at: datetime
    actor: int | None
    actor_name: str | None
    role: str
    action: str
    subject: str
    label: str | None
    details: Mapping[str, object]
