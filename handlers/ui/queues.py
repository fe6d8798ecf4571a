"""The home of the faces of queues: words, marks, buttons, and the topic of each in a forum."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from aiogram.filters.callback_data import CallbackData

from domain.entities.event import EventShelf
from domain.entities.queue import QueueKind
from handlers.ui.callbacks import OpenPage, QueueCard
from handlers.ui.callbacks_papers import MailPress
from handlers.ui.callbacks_promo import PromoPress
from handlers.ui.callbacks_questions import TicketPress
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.vendor_callbacks import LostPress, OutboundPress, events_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How a queue looks.

    Attributes:
        mark: Of its status.
        counted: Its words with a number.
        label: Its words on a button.
        opens: The list.
        has_next: One press opens what has waited longest.
    """

    mark: str
    counted: Callable[[Language, int], Html]
    label: Callable[[Language], Html]
    opens: CallbackData
    has_next: bool = False


def _new(language: Language, count: int) -> Html:
    return language.say_many("{count} pay-out to decide", "{count} pay-outs to decide", count)


def _approved(language: Language, count: int) -> Html:
    return language.say_many("{count} pay-out to be paid", "{count} pay-outs to be paid", count)


def _parked(language: Language, count: int) -> Html:
    return language.say_many("{count} parked event", "{count} parked events", count)


def _holds(language: Language, count: int) -> Html:
    return language.say_many("{count} check for fraud", "{count} checks for fraud", count)


def _applications(language: Language, count: int) -> Html:
    return language.say_many(
        "{count} application to decide", "{count} applications to decide", count
    )


def _invoices(language: Language, count: int) -> Html:
    return language.say_many(
        "{count} invoice to issue or to check", "{count} invoices to issue or to check", count
    )


def _claims(language: Language, count: int) -> Html:
    return language.say_many("{count} claim to decide", "{count} claims to decide", count)


def _questions(language: Language, count: int) -> Html:
    return language.say_many("{count} question to answer", "{count} questions to answer", count)


def _promos(language: Language, count: int) -> Html:
    return language.say_many("{count} promo code to give", "{count} promo codes to give", count)


def _waiting(language: Language, count: int) -> Html:
    return language.say_many(
        "{count} event waits for another one", "{count} events wait for other ones", count
    )


def _rejected(language: Language, count: int) -> Html:
    return language.say_many(
        "{count} recent event was rejected", "{count} recent events were rejected", count
    )


def _webhooks(language: Language, count: int) -> Html:
    return language.say_many("{count} webhook not taken", "{count} webhooks not taken", count)


def _mails(language: Language, count: int) -> Html:
    return language.say_many(
        "{count} e-mail did not arrive", "{count} e-mails did not arrive", count
    )


def _lost(language: Language, count: int) -> Html:
    return language.say_many(
        "{count} message never came here", "{count} messages never came here", count
    )


FACES: Final[dict[QueueKind, Face]] = {
    QueueKind.PAYOUTS_NEW: Face(
        mark="🟡",
        counted=_new,
        label=lambda language: language.say("To decide"),
        opens=OpenPage(screen=QueueKind.PAYOUTS_NEW.value),
        has_next=True,
    ),
    QueueKind.PAYOUTS_APPROVED: Face(
        mark="🔵",
        counted=_approved,
        label=lambda language: language.say("To be paid"),
        opens=OpenPage(screen=QueueKind.PAYOUTS_APPROVED.value),
        has_next=True,
    ),
    QueueKind.APPLICATIONS: Face(
        mark="📝",
        counted=_applications,
        label=lambda language: language.say("Applications"),
        opens=OpenPage(screen="apl_review"),
    ),
    QueueKind.INVOICES: Face(
        mark="🧾",
        counted=_invoices,
        label=lambda language: language.say("Invoices"),
        opens=OpenPage(screen="invoice_queue"),
    ),
    QueueKind.FRAUD_HOLDS: Face(
        mark="🛡",
        counted=_holds,
        label=lambda language: language.say("Checks for fraud"),
        opens=QueueCard(action="list", kind=QueueKind.FRAUD_HOLDS.value),
    ),
    QueueKind.CLAIMS: Face(
        mark="🙋",
        counted=_claims,
        label=lambda language: language.say("Claims"),
        opens=OpenPage(screen="claim_queue"),
    ),
    QueueKind.QUESTIONS: Face(
        mark="💬",
        counted=_questions,
        label=lambda language: language.say("Questions"),
        opens=TicketPress(action="next"),
    ),
    QueueKind.PROMOS: Face(
        mark="🎁",
        counted=_promos,
        label=lambda language: language.say("Promo codes"),
        opens=PromoPress(action="list"),
    ),
    QueueKind.PARKED_EVENTS: Face(
        mark="🅿️",
        counted=_parked,
        label=lambda language: language.say("Parked events"),
        opens=events_after(EventShelf.FOR_STAFF),
    ),
    QueueKind.WAITING_EVENTS: Face(
        mark="⏳",
        counted=_waiting,
        label=lambda language: language.say("Waiting events"),
        opens=events_after(EventShelf.WAITING),
    ),
    QueueKind.REJECTED_EVENTS: Face(
        mark="🚫",
        counted=_rejected,
        label=lambda language: language.say("Rejected events"),
        opens=events_after(EventShelf.REJECTED),
    ),
    QueueKind.WEBHOOKS: Face(
        mark="📡",
        counted=_webhooks,
        label=lambda language: language.say("Webhooks"),
        opens=OutboundPress(action="show"),
    ),
    QueueKind.LOST_MAILS: Face(
        mark="📮",
        counted=_mails,
        label=lambda language: language.say("E-mails"),
        opens=MailPress(action="show"),
    ),
    QueueKind.LOST_MESSAGES: Face(
        mark="✉️",
        counted=_lost,
        label=lambda language: language.say("Lost messages"),
        opens=LostPress(action="show"),
    ),
}
"""The face of every kind; a test compares them with the kinds."""

TOPICS: Final[dict[str, Callable[[Language], Html]]] = {
    "payouts": lambda language: language.say("Pay-outs"),
    "applications": lambda language: language.say("Applications"),
    "invoices": lambda language: language.say("Invoices"),
    "claims": lambda language: language.say("Claims"),
    "questions": lambda language: language.say("Questions"),
    "checks": lambda language: language.say("Checks for fraud"),
    "events": lambda language: language.say("Billing events"),
    "promos": lambda language: language.say("Promo codes"),
    "mails": lambda language: language.say("E-mails"),
}
"""Names of the topics that the bot opens in a forum."""

TOPIC_OF_NOTICE: Final[dict[str, str]] = {
    "payout_requested": "payouts",
    "payout_changed": "payouts",
    "signed_copy_came": "payouts",
    "application_submitted": "applications",
    "application_changed": "applications",
    "application_again": "applications",
    "application_answered": "applications",
    "invoice_requested": "invoices",
    "invoice_changed": "invoices",
    "invoice_told_paid": "invoices",
    "claim_opened": "claims",
    "claim_changed": "claims",
    "claim_due": "claims",
    "question_opened": "questions",
    "question_changed": "questions",
    "question_more": "questions",
    "fraud_hold": "checks",
    "fraud_hold_changed": "checks",
    "event_parked": "events",
    "event_rejected": "events",
    "event_conflict": "events",
    "outbound_undelivered": "events",
    "outbound_stopped": "events",
    "promo_waiting": "promos",
    "mail_undelivered": "mails",
}
"""The topic of each kind of notice to staff; what is not named here goes to General."""
