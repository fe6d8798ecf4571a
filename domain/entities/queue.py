"""The home of queues: what waits for staff, by kind."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.money import Money


class QueueKind(StrEnum):
    """What may wait for staff, in the order in which it is shown.

    A new kind needs a line here and in ``QUEUE_RIGHTS``, its rows in
    ``storage/repositories/reports/queues.py`` and its face in ``handlers/ui/queues.py``.
    """

    PAYOUTS_NEW = "payouts_new"
    PAYOUTS_APPROVED = "payouts_approved"
    APPLICATIONS = "applications"
    INVOICES = "invoices"
    FRAUD_HOLDS = "fraud_holds"
    CLAIMS = "claims"
    QUESTIONS = "questions"
    PROMOS = "promos"
    PARKED_EVENTS = "parked_events"
    WAITING_EVENTS = "waiting_events"
    REJECTED_EVENTS = "rejected_events"
    WEBHOOKS = "webhooks"
    LOST_MAILS = "lost_mails"
    LOST_MESSAGES = "lost_messages"


QUEUE_RIGHTS: Final[dict[QueueKind, str]] = {
    QueueKind.PAYOUTS_NEW: "payout.list",
    QueueKind.PAYOUTS_APPROVED: "payout.list",
    QueueKind.APPLICATIONS: "application.read",
    QueueKind.INVOICES: "invoice.read",
    QueueKind.FRAUD_HOLDS: "fraud.read",
    QueueKind.CLAIMS: "claim.read",
    QueueKind.QUESTIONS: "ticket.read",
    QueueKind.PROMOS: "promo.give",
    QueueKind.PARKED_EVENTS: "queue.read",
    QueueKind.WAITING_EVENTS: "queue.read",
    QueueKind.REJECTED_EVENTS: "queue.read",
    QueueKind.WEBHOOKS: "queue.read",
    QueueKind.LOST_MAILS: "queue.read",
    QueueKind.LOST_MESSAGES: "queue.read",
}
"""The right that lets a member of staff see that something of the kind waits."""
SHOWN_FOR: Final = timedelta(days=30)
"""What is final, and only to be known of, is shown so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """How much of one kind waits.

    Attributes:
        kind: What waits.
        count: How many, above zero.
        oldest_at: Since when the oldest of them waits.
        sums: The money in it, one sum per currency; empty where it is not about money.
    """

    kind: QueueKind
    count: int
    oldest_at: datetime
    sums: tuple[Money, ...] = ()
