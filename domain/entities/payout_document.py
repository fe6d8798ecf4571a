"""The home of pay-out documents: an invoice or an act that a partner makes out to the vendor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.entities.requisites import Details
from domain.money import Money

LINES_MAX = 60
"""More commissions than this stand on a document as one line for each month."""


class DocumentKind(StrEnum):
    """What is made out."""

    INVOICE = "invoice"
    ACT = "act"


class Covered(StrEnum):
    """What a line of a document covers."""

    COMMISSION = "commission"
    ADJUSTMENT = "adjustment"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One line of a document.

    Attributes:
        kind: What it covers.
        day: Of the client's payment or the adjustment; the first of a month.
        minor: How much of it is paid out; may be negative for an adjustment.
        ref: Billing's id of the payment, or empty.
        base_minor: What the commission is a share of, in ``base_currency``; else ``None``.
        base_currency: Of the client's payment.
        rate_bps: The share; ``None`` for what has none.
        count: How many sources it covers.
        whole_minor: The whole commission that ``minor`` is of; ``None`` where nothing is.
    """

    kind: Covered
    day: date
    minor: int
    ref: str = ""
    base_minor: int | None = None
    base_currency: str = ""
    rate_bps: int | None = None
    count: int = 1
    whole_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The contract that an approval gave a partner (R34)."""

    number: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutDocument:
    """The facts of a document; the file is drawn from them and from nothing else (R22).

    Attributes:
        id: Our id.
        payout_id: The pay-out.
        partner_id: Who makes it out.
        kind: Invoice or act.
        year: Of the numbering, in the vendor's time zone.
        number: Without gaps in partner, kind and year.
        made_at: When.
        day: The day that stands on it, in the vendor's time zone.
        language: Of the document.
        program: Key of the program.
        code: The partner's code in it.
        amount: The sum.
        partner: The partner's requisites then.
        vendor: The vendor's requisites then; ``None`` leaves lines to write on.
        purpose: The wording of the payment's purpose.
        lines: What the sum is made of.
        contract: The contract on which it rests, where the program makes any.
    """

    id: int
    payout_id: int
    partner_id: int
    kind: DocumentKind
    year: int
    number: int
    made_at: datetime
    day: date
    language: str
    program: str
    code: str
    amount: Money
    partner: Details
    vendor: Details | None
    purpose: str
    lines: tuple[DocumentLine, ...]
    contract: Contract | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutDocumentTerms:
    """What a program states of pay-out documents (``[payout_documents]``).

    Attributes:
        kinds: What is made out for each pay-out, in this order.
        needs_signed: Done waits until staff accepted the signed copy.
        purpose: The wording of the payment's purpose by language.
    """

    kinds: tuple[DocumentKind, ...]
    needs_signed: bool
    purpose: Mapping[str, str]


class SignedStatus(StrEnum):
    """What staff think of a signed copy."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


SIGNED_REASONS = ("unreadable", "unsigned", "wrong", "other")
"""Coded reasons of refusing a signed copy; each may come with a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCopy:
    """What came back for a pay-out: the signed documents, or a tax receipt.

    Attributes:
        id: Our id.
        payout_id: The pay-out.
        link: Address of a receipt of the tax service; empty where files came.
        paper_ids: The files, in the order in which they came.
        sent_by: Telegram id of the admin.
        sent_at: When the first part came.
        status: What staff think of it.
        decided_by: Staff member, or ``None``.
        decided_at: When, or ``None``.
        reason_code: Of a refusal: one of ``SIGNED_REASONS``.
        reason_text: The words of staff; may be empty.
    """

    id: int
    payout_id: int
    link: str
    paper_ids: tuple[int, ...]
    sent_by: int
    sent_at: datetime
    status: SignedStatus = SignedStatus.WAITING
    decided_by: int | None = None
    decided_at: datetime | None = None
    reason_code: str | None = None
    reason_text: str = ""
