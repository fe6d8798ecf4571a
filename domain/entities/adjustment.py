"""The home of adjustments: money that staff add to a balance or take from it, with a reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AdjustmentStatus(StrEnum):
    """Where an adjustment stands: nothing moves before it is booked."""

    ASKED = "asked"
    BOOKED = "booked"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentPart:
    """How much of one adjustment a pay-out or a conversion consumed (R19, R20)."""

    adjustment_id: int
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """An entry by staff with a reason and an author (R24); undone by an opposite one.

    Attributes:
        id: Our id; with ``booked_at`` its place in the queue of spending (R20).
        enrolment_id: Whose balance it moves.
        minor: Signed amount; a negative one is a debt that is covered first.
        currency: The program's currency.
        reason: The words of staff, told to the partner.
        status: Asked, booked or dropped.
        request_key: Makes a repeated command the same adjustment.
        asked_by: Staff member.
        asked_at: When it was asked for.
        decided_by: Who confirmed or dropped it, or ``None``.
        booked_at: When it was booked, or ``None``.
        opposite_of: The adjustment that this one undoes, or ``None``.
        reserved: Consumed by pay-outs in progress.
        paid: Consumed by pay-outs done.
        converted: Consumed by conversions.
    """

    id: int
    enrolment_id: int
    minor: int
    currency: str
    reason: str
    status: AdjustmentStatus
    request_key: str
    asked_by: int
    asked_at: datetime
    decided_by: int | None = None
    booked_at: datetime | None = None
    opposite_of: int | None = None
    reserved: int = 0
    paid: int = 0
    converted: int = 0

    @property
    def left(self) -> int:
        """What is not spent; negative while it is a debt."""
        return self.minor - self.reserved - self.paid - self.converted
