"""The home of payments, refunds and commissions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.money import ExchangeRate, Rate
from domain.records import quick


class RefundKind(StrEnum):
    """Which way the money went; only staff undo a refund that they entered."""

    REFUND = "refund"
    CHARGEBACK = "chargeback"
    CHARGEBACK_WON = "chargeback_won"
    REFUND_UNDONE = "refund_undone"

    @property
    def gives_back(self) -> bool:
        """Test if the money came again: the payment grows by it."""
        return self in (RefundKind.CHARGEBACK_WON, RefundKind.REFUND_UNDONE)


class EarnedNothing(StrEnum):
    """Why a payment made no commission."""

    NOT_ATTRIBUTED = "not_attributed"
    SELF_REFERRAL = "self_referral"
    BEFORE_REGISTRATION = "before_registration"
    DURATION_ENDED = "duration_ended"
    CLIENT_DELETED = "client_deleted"
    LEGAL_FORM = "legal_form"
    PARTNER_SUSPENDED = "partner_suspended"
    BELOW_TIERS = "below_tiers"
    ZERO_RATE = "zero_rate"
    ROUNDS_TO_ZERO = "rounds_to_zero"
    NO_EXCHANGE_RATE = "no_exchange_rate"
    NO_RATE_ROW = "no_rate_row"
    BELOW_MINIMUM = "below_minimum"
    NOT_FIRST = "not_first"
    CAP_REACHED = "cap_reached"


class CommissionState(StrEnum):
    """Where a commission stands before anything of it is spent."""

    HELD = "held"
    PAYABLE = "payable"
    RETAINED = "retained"
    VOIDED = "voided"


class CommissionBasis(StrEnum):
    """What the amount of a commission was made of."""

    SHARE = "share"
    FIXED = "fixed"
    CAPPED = "capped"


class Suspicion(StrEnum):
    """What staff or a signal of fraud made of a commission; released, it has none."""

    HELD = "held"
    CONFIRMED = "confirmed"


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One part of a payment.

    Attributes:
        category: The vendor's service category, or ``None``.
        minor: Amount in the payment's currency.
        refunded: What was refunded of it so far.
    """

    category: str | None
    minor: int
    refunded: int = 0


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A client's payment as billing reported it.

    Attributes:
        id: Our id.
        payment_id: Billing's id.
        client_id: Our id of the client.
        program: The program it counts in, or ``None`` when the client has no partner.
        enrolment_id: Who earns by it, or ``None``.
        minor: Amount in ``currency``.
        currency: ISO 4217 code.
        exchange: Program units per payment unit, or ``None`` where none was given.
        paid_at: When the client paid.
        settlement: ``direct`` or ``via_partner`` (R15).
        account_id: The client's account, or ``None``.
        lines: At least one; a payment without lines has one without category.
        has_lines: The lines were reported by billing.
        refunded_by_line: Refunds named lines; ``None`` before the first refund (R13).
        chargebacks: Of the refunded sum, what chargebacks took and may still be won back.
        reason: Why it earned nothing, or ``None``.
        code: The link through which its client had come by then, or ``None``; it stays when the
            client is moved to another partner (R5).
        recorded_at: When we wrote it down.
    """

    id: int
    payment_id: str
    client_id: int
    program: str | None
    enrolment_id: int | None
    minor: int
    currency: str
    exchange: ExchangeRate | None
    paid_at: datetime
    settlement: str
    account_id: str | None
    lines: tuple[Line, ...]
    has_lines: bool
    refunded_by_line: bool | None = None
    chargebacks: int = 0
    reason: EarnedNothing | None = None
    code: str | None = None
    recorded_at: datetime

    @property
    def refunded(self) -> int:
        """What was refunded so far, in the payment's currency."""
        return sum(line.refunded for line in self.lines)

    @property
    def is_live(self) -> bool:
        """Test if something of the payment is left (R9)."""
        return self.refunded < self.minor


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money that went back to the client, or came again (``chargeback_won``)."""

    id: int
    refund_id: str
    payment_id: int
    minor: int
    kind: RefundKind
    refunded_at: datetime
    recorded_at: datetime


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """Money owed to a partner because of one payment line, with its snapshot (R8).

    Attributes:
        id: Our id; with ``created_at`` the order of spending (R19).
        payment_id: Our id of the payment.
        line: Position of the payment line.
        enrolment_id: Who earns.
        client_id: Who paid.
        minor: Amount in the program's currency, never edited.
        currency: The program's currency.
        rate: The share.
        tax_bps: Of a tax that the payment includes and that has no share, such as 2 000 for 20 %.
        tier: The tier that held with this payment counted.
        category: Category of the line, or ``None``.
        settlement: ``direct`` or ``via_partner``.
        terms_version: Version of the program's terms.
        basis: A share of the line, an amount that the rate table states (``rate`` is 0), or
            either of them lowered to what a cap left.
        clawed_back: Taken back by refunds so far.
        reserved: Consumed by pay-outs in progress.
        paid: Consumed by pay-outs done.
        converted: Consumed by conversions.
        bonus: What stands of the bonus that conversions added, beside the commission (R20).
        frozen: Of what would be payable, what a fraud hold keeps on hold (R18).
        suspicion: On a fraud hold, or confirmed as fraud; else ``None``.
        state: Held, payable, retained or voided.
        held_until: When it became or becomes payable (R14).
        created_at: When it was made.
    """

    id: int
    payment_id: int
    line: int
    enrolment_id: int
    client_id: int
    minor: int
    currency: str
    rate: Rate
    tier: str | None
    category: str | None
    settlement: str
    terms_version: int
    tax_bps: int = 0
    basis: CommissionBasis = CommissionBasis.SHARE
    clawed_back: int = 0
    reserved: int = 0
    paid: int = 0
    converted: int = 0
    bonus: int = 0
    frozen: int = 0
    suspicion: Suspicion | None = None
    state: CommissionState
    held_until: datetime
    created_at: datetime

    @property
    def left(self) -> int:
        """What can be spent; negative when a refund came after a pay-out."""
        return self.minor - self.clawed_back - self.spent - self.frozen

    @property
    def spent(self) -> int:
        """What pay-outs and conversions consumed."""
        return self.reserved + self.paid + self.converted

    @property
    def status(self) -> str:
        """Where most of it is: a fixed value of the HTTP API."""
        if self.state is not CommissionState.PAYABLE:
            return self.state.value
        parts = {
            "payable": max(self.left, 0),
            "held": self.frozen,
            "reserved": self.reserved,
            "paid": self.paid,
            "converted": self.converted,
        }
        name, most = max(parts.items(), key=lambda part: part[1])
        return name if most else "voided"
