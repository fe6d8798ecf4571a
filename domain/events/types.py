"""The home of events: what billing reports, typed. One record per type of the HTTP API."""

from dataclasses import dataclass
from datetime import datetime

from domain.entities.invoice import InvoiceStatus
from domain.entities.payment import RefundKind
from domain.entities.service import ServiceState
from domain.events.kept import ClientUpdated, OrderCreated, OrderUpdated
from domain.money import ExchangeRate
from domain.period import text_of
from domain.records import quick


@dataclass(frozen=True, slots=True, kw_only=True)
class ClickRecorded:
    """``click.recorded``: the vendor runs the redirect itself."""

    click_id: str
    code: str
    clicked_at: datetime
    visitor_id: str | None = None

    @property
    def at(self) -> datetime:
        """Its own time."""
        return self.clicked_at

    @property
    def fact(self) -> str:
        """What it is about; reported once."""
        return f"click:{self.click_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRegistered:
    """``client.registered``: the first account of a client (R10)."""

    client_id: str
    name: str
    registered_at: datetime
    click_id: str | None = None
    visitor_id: str | None = None
    referral_code: str | None = None
    telegram_id: int | None = None
    email: str | None = None
    phone: str | None = None
    legal_form: str | None = None
    tax_id: str | None = None
    platform: str | None = None
    department: str | None = None
    owner_account_id: str | None = None
    account_id: str | None = None
    account_name: str | None = None
    program: str | None = None

    @property
    def at(self) -> datetime:
        """Its own time."""
        return self.registered_at

    @property
    def fact(self) -> str:
        """What it is about; reported once."""
        return f"client:{self.client_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCreated:
    """``account.created``: one more account of a client."""

    client_id: str
    account_id: str
    name: str
    created_at: datetime

    @property
    def at(self) -> datetime:
        """Its own time."""
        return self.created_at

    @property
    def fact(self) -> str:
        """What it is about; reported once."""
        return f"account:{self.account_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDeleted:
    """``client.deleted``: from now on its payments earn nothing (R16)."""

    client_id: str
    deleted_at: datetime

    @property
    def at(self) -> datetime:
        """Its own time."""
        return self.deleted_at

    @property
    def fact(self) -> str:
        """What it is about; reported once."""
        return f"client_deleted:{self.client_id}"


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLine:
    """One part of a payment: category and minor units."""

    category: str | None
    minor: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSucceeded:
    """``payment.succeeded``: the only event that makes commissions (R7)."""

    payment_id: str
    client_id: str
    minor: int
    currency: str
    paid_at: datetime
    lines: tuple[PaymentLine, ...]
    has_lines: bool
    settlement: str
    account_id: str | None = None
    exchange: ExchangeRate | None = None
    invoice_id: str | None = None
    program: str | None = None

    @property
    def at(self) -> datetime:
        """Its own time."""
        return self.paid_at

    @property
    def fact(self) -> str:
        """What it is about; reported once."""
        return f"payment:{self.payment_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLine:
    """One part of a refund; the amount is read when the payment's currency is known."""

    category: str | None
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRefunded:
    """``payment.refunded``: money went back, or a chargeback was won."""

    refund_id: str
    payment_id: str
    amount: str
    refunded_at: datetime
    kind: RefundKind
    lines: tuple[RefundLine, ...] | None = None

    @property
    def at(self) -> datetime:
        """Its own time."""
        return self.refunded_at

    @property
    def fact(self) -> str:
        """What it is about; reported once."""
        return f"refund:{self.refund_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceChanged:
    """``service.activated``, ``service.suspended`` and ``service.cancelled`` (R9)."""

    service_id: str
    client_id: str
    account_id: str
    category: str
    name: str
    state: ServiceState
    changed_at: datetime
    renews_at: datetime | None = None
    price_minor: int | None = None
    currency: str | None = None

    @property
    def at(self) -> datetime:
        """Its own time."""
        return self.changed_at

    @property
    def fact(self) -> str:
        """What it is about; reported once."""
        return f"service:{self.service_id}:{self.state}:{text_of(self.changed_at)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedLine:
    """One line of an invoice of billing: what it is for, and minor units."""

    name: str | None
    category: str | None
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceIssued:
    """``invoice.issued``: an invoice for a client, or for a partner that asked for it (R15)."""

    invoice_id: str
    number: str
    client_id: str
    status: InvoiceStatus
    minor: int
    currency: str
    issued_at: datetime
    due_at: datetime | None = None
    lines: tuple[ReportedLine, ...] = ()
    request_id: str | None = None

    @property
    def at(self) -> datetime:
        """Its own time."""
        return self.issued_at

    @property
    def fact(self) -> str:
        """What it is about; reported once."""
        return f"invoice:{self.invoice_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceUpdated:
    """``invoice.updated``: where an invoice stands now; what is absent stays as it was."""

    invoice_id: str
    status: InvoiceStatus | None
    fact: str
    at: datetime
    has_time: bool
    number: str | None = None
    client_id: str | None = None
    minor: int | None = None
    currency: str | None = None
    due_at: datetime | None = None
    lines: tuple[ReportedLine, ...] = ()


Event = (
    ClickRecorded
    | ClientRegistered
    | AccountCreated
    | ClientDeleted
    | PaymentSucceeded
    | PaymentRefunded
    | ServiceChanged
    | InvoiceIssued
    | InvoiceUpdated
    | ClientUpdated
    | OrderCreated
    | OrderUpdated
)
