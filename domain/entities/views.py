"""The home of read models: what screens and the HTTP API show, as the reports return it."""

from dataclasses import dataclass
from datetime import datetime

from domain.entities.adjustment import AdjustmentPart
from domain.entities.balance import BalanceSheet
from domain.entities.client import Client, ClientAccount, Referral
from domain.entities.partner import Enrolment, Partner
from domain.entities.payment import Commission
from domain.entities.payout import Payout, PayoutPart
from domain.entities.payout_document import SignedStatus
from domain.entities.stats import StatsTotal
from domain.money import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRow:
    """One registration in a partner's list.

    Attributes:
        id: Our referral id; with ``registered_at`` the place in the list.
        client_name: Hostile text.
        email: As given, or ``None``.
        phone: As given, or ``None``.
        registered_at: When.
        earns_until: The first instant that earns nothing, ``None`` for good.
        deleted_at: When the client was deleted, or ``None``.
        accounts: Number of accounts.
        client_id: Our id of the client.
        shown_id: Id of the client as billing knows it.
        code: The link by which it came, or ``None``.
    """

    id: int
    client_name: str
    email: str | None
    phone: str | None
    registered_at: datetime
    earns_until: datetime | None
    deleted_at: datetime | None
    accounts: int
    client_id: int = 0
    shown_id: str = ""
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCard:
    """One referral with what is around it.

    Attributes:
        row: What the list shows.
        first_click_at: The visit that decided, or ``None``.
        link_label: The partner's own name of the link; empty for the first one.
        accounts: The client's accounts, the oldest ones.
        payments: How many payments count for the partner.
        live_payments: How many of them are not fully refunded.
        earned_minor: What they earned after clawbacks, in the program's currency.
    """

    row: ReferralRow
    first_click_at: datetime | None
    link_label: str
    accounts: tuple[ClientAccount, ...]
    payments: int
    live_payments: int
    earned_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """One payment in a partner's list, with what it earned.

    Attributes:
        id: Our payment id; with ``paid_at`` the place in the list.
        client_name: Hostile text.
        account_name: Name of the client's account, or ``None``.
        minor: Paid, in ``currency``.
        currency: Of the payment.
        refunded: Refunded so far, in ``currency``.
        commission_minor: Earned after clawbacks, in ``commission_currency``.
        commission_currency: Of the program; ``None`` where nothing was earned.
        reason: Why nothing was earned, or ``None``.
        paid_at: When.
        payment_id: Billing's id.
        shown_id: Id of the client as billing knows it.
        rate: The share that was earned, where one commission was made; else ``None``.
        tier: Key of the tier that held then, or ``None``.
    """

    id: int
    client_name: str
    account_name: str | None
    minor: int
    currency: str
    refunded: int
    commission_minor: int
    commission_currency: str | None
    reason: str | None
    paid_at: datetime
    payment_id: str = ""
    shown_id: str = ""
    rate: Rate | None = None
    tier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutView:
    """A pay-out with what it consumed, whose it is, and who decided.

    Attributes:
        payout: The pay-out.
        parts: What it consumed.
        code: Code of the partner's first link.
        partner_name: Hostile text.
        program: Key of the program.
        approved_by_name: Who approved, as Telegram shows it; ``None`` while nobody has.
        settled_by_name: Who pressed Done, rejected or returned it, likewise.
        needs_two: One person approves, another presses Done.
        can_reopen: A rejection can still be taken back.
        has_documents: Documents were made out for it.
        signed: Where the signed copy stands; ``None`` while none has come.
        lacks_copy: Done waits for a signed copy that staff accepted.
        debt_minor: By how much the partner's balance is below zero now; 0 where it is not.
    """

    payout: Payout
    parts: tuple[PayoutPart, ...]
    code: str
    partner_name: str
    program: str
    adjustments: tuple[AdjustmentPart, ...] = ()
    approved_by_name: str | None = None
    settled_by_name: str | None = None
    needs_two: bool = False
    can_reopen: bool = False
    has_documents: bool = False
    signed: SignedStatus | None = None
    lacks_copy: bool = False
    debt_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionView:
    """A commission as the HTTP API shows it, with the outside ids.

    ``consumed`` and ``converted`` are pay-outs and conversions with how much each took.
    """

    commission: Commission
    payment_id: str
    client_id: str
    base_minor: int
    base_currency: str
    consumed: tuple[tuple[int, int], ...]
    converted: tuple[tuple[int, int], ...] = ()
    client_name: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerOverview:
    """A partner in one program with its figures."""

    partner: Partner
    enrolment: Enrolment
    sheet: BalanceSheet
    totals: StatsTotal
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientView:
    """A client with its referrals and the codes of the partners that got it.

    Attributes:
        client: The client.
        referrals: What was decided about it, oldest first.
        codes: Of the partner of each referral, ``None`` where nobody got it.
        accounts: Number of accounts.
        protected_by: The enrolment that pinned it and for which the vendor's sales leave it
            alone, or ``None`` (R23).
    """

    client: Client
    referrals: tuple[Referral, ...]
    codes: tuple[str | None, ...]
    accounts: int = 0
    protected_by: int | None = None

    @property
    def is_protected(self) -> bool:
        """Test if the vendor's sales must not contact it: a deleted client needs no protection."""
        return self.protected_by is not None and self.client.deleted_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """What a partner may use free in its own account with the vendor (R25).

    Attributes:
        program: By which program.
        account_id: Its own account, ``None`` until it has named one.
        since: Since when, ``None`` where it is older than what is kept.
        active_clients: The clients that give it the right.
    """

    program: str
    account_id: str | None
    since: datetime | None
    active_clients: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list that is sorted newest first: the last row that was shown."""

    at: datetime
    id: int
