"""The home of clients, their accounts, clicks and referrals."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.records import quick

ERASED_NAME: Final = "—"
"""Stands for the name of a client that withdrew its data."""


class NotAttributed(StrEnum):
    """Why a client belongs to no partner; fixed values of the HTTP API."""

    NO_CLICK = "no_click"
    BEFORE_CLICK = "before_click"
    OUTSIDE_WINDOW = "outside_window"
    SELF_REFERRAL = "self_referral"
    CLICK_INVALID = "click_invalid"
    CLICK_NOT_SEEN = "click_not_seen"
    PARTNER_SUSPENDED = "partner_suspended"
    DETACHED = "detached"


class ClickSource(StrEnum):
    """Where a click came from."""

    REDIRECT = "redirect"
    START = "start"
    RECORDED = "recorded"


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """One visit through a link.

    Attributes:
        id: Our id; the order in which clicks were recorded.
        code: The link's code, lower case.
        enrolment_id: Whose link it was.
        clicked_at: When.
        source: Redirect, start in Telegram, or reported by the vendor.
        click_id: The vendor's id, or ``None``.
        visitor_id: The vendor's own visitor id, or ``None``.
        person_id: Telegram user id of a start, or ``None``.
    """

    id: int
    code: str
    enrolment_id: int
    clicked_at: datetime
    source: ClickSource
    click_id: str | None = None
    visitor_id: str | None = None
    person_id: int | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The paying customer who was brought.

    Attributes:
        id: Our id.
        shown_id: Billing's id, or ``bot-...`` until billing reports.
        name: Hostile text.
        registered_at: Registration of the first account (R10).
        deleted_at: From this instant payments earn nothing (R16), or ``None``.
        reason: Why no partner got it where no click was known at all, or ``None``.
        pending_click_id: An id of ``click.recorded`` not seen yet, or ``None``.
        pending_program: The only program that the awaited click may decide, or ``None``.
        made_in_bot: Made by consent in Telegram and not yet reported by billing.
        telegram_id: Telegram user id, or ``None``.
        visitor_id: The vendor's visitor id at registration, or ``None``.
        email: As given.
        phone: As given.
        owner_account_id: The vendor account from inside which it was made (R4).
        legal_form: As reported.
        tax_id: As reported.
        platform: As reported.
        department: As reported.
        active_services: Services that are active now (R9).
    """

    id: int
    shown_id: str
    name: str
    registered_at: datetime
    deleted_at: datetime | None = None
    reason: NotAttributed | None = None
    pending_click_id: str | None = None
    pending_program: str | None = None
    made_in_bot: bool = False
    telegram_id: int | None = None
    visitor_id: str | None = None
    email: str | None = None
    phone: str | None = None
    owner_account_id: str | None = None
    legal_form: str | None = None
    tax_id: str | None = None
    platform: str | None = None
    department: str | None = None
    active_services: int = 0

    @property
    def is_only_named(self) -> bool:
        """Test if a partner has named its account in advance and nothing else is known of it."""
        return self.made_in_bot and self.telegram_id is None and self.phone is None

    @property
    def is_active(self) -> bool:
        """Test if it counts among the active clients: a deleted one never does (R9)."""
        return self.active_services > 0 and self.deleted_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAccount:
    """A client's cabinet with the vendor: a site, a CRM, a server account."""

    account_id: str
    client_id: int
    name: str
    created_at: datetime


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """What was decided about one client in one program; at most one each (R5).

    Attributes:
        id: Our id.
        client_id: The client.
        program: Key of the program.
        enrolment_id: The partner that got it, or ``None``.
        reason: Why nobody got it, or ``None``.
        code: The link by which it came, or ``None``.
        first_click_at: The click that decided, or ``None``.
        registered_at: Start of earning (R10).
        earns_until: The first instant that earns nothing; ``None`` means never.
        live_payments: Payments not fully refunded (R9).
        by_staff: Staff attached the client; clicks decide nothing any more (R5).
    """

    id: int
    client_id: int
    program: str
    enrolment_id: int | None
    reason: NotAttributed | None
    code: str | None
    first_click_at: datetime | None
    registered_at: datetime
    earns_until: datetime | None
    live_payments: int = 0
    by_staff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralMove:
    """One move of a client by staff; the history of these is append-only (R5).

    Attributes:
        id: Our id.
        client_id: Who was moved.
        program: In which program.
        from_enrolment_id: The partner that had the client, or ``None``.
        to_enrolment_id: The partner that has it from then on, or ``None``.
        at: When; payments recorded before stay with the old partner.
        actor: Telegram user id of the member of staff.
        reason_code: One of the coded reasons.
        reason_text: The words of staff; may be empty.
        claim_id: The claim that it decides, or ``None``.
    """

    id: int
    client_id: int
    program: str
    from_enrolment_id: int | None
    to_enrolment_id: int | None
    at: datetime
    actor: int
    reason_code: str
    reason_text: str
    claim_id: int | None = None
