"""The home of what people are reminded of.

A ``period`` is what a reminder of one subject happens once in: it only goes ahead, as a text.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EnoughMoney:
    """A balance at or above the minimum that moved since it was looked at.

    Attributes:
        enrolment_id: Whose.
        payable: What it is now, minor units.
        is_reached: It came up to the minimum from below since then.
        period: The account's newest posting.
    """

    enrolment_id: int
    payable: int
    is_reached: bool
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingReferral:
    """A client whose months of earning end soon (R10).

    Attributes:
        referral_id: Our id.
        enrolment_id: Who earns from it.
        program: Key of its program.
        client_id: Our id.
        client: Name; hostile text.
        earns_until: The first instant that earns nothing.
        period: The same as a text.
    """

    referral_id: int
    enrolment_id: int
    program: str
    client_id: int
    client: str
    earns_until: datetime
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMoney:
    """Payable money of a partner that has not named its account with the vendor (R30)."""

    enrolment_id: int
    partner_id: int
    program: str
    payable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedForm:
    """A form that somebody began in its private chat and left.

    Attributes:
        key: Names the conversation.
        person_id: Who.
        state: Name of the question that waits.
        period: When it was touched last, as a text.
    """

    key: str
    person_id: int
    state: str
    period: str
