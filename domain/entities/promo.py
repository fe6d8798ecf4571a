"""The home of promo codes for clients that came by a partner's link (R36)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

PROMO_CODE_MAX: Final = 64
"""Characters of a code of the vendor's system."""


class PromoStatus(StrEnum):
    """Where a promo code stands."""

    WAITING = "waiting"
    """A manager has to give the code."""
    GIVEN = "given"
    """The client has it and has not activated it."""
    ACTIVE = "active"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promo:
    """One client's promo code; a client gets one, for good.

    Attributes:
        id: Our id.
        client_id: The client.
        program: Key of the program through which it came.
        enrolment_id: The partner that brought it.
        eligible_at: When it was seen that the client gets one.
        code: Of the vendor's system, encrypted at rest; "" until a manager gives it.
        given_by: Who gave it, or ``None``.
        given_at: When, or ``None``.
        activated_at: When the client activated it, or ``None``.
        expires_at: The first instant at which the bonuses have lapsed, or ``None``.
    """

    id: int
    client_id: int
    program: str
    enrolment_id: int
    eligible_at: datetime
    code: str = field(default="", repr=False)
    given_by: int | None = None
    given_at: datetime | None = None
    activated_at: datetime | None = None
    expires_at: datetime | None = None

    def status(self, now: datetime) -> PromoStatus:
        """Return where it stands."""
        if self.given_at is None:
            return PromoStatus.WAITING
        if self.expires_at is None:
            return PromoStatus.GIVEN
        return PromoStatus.ACTIVE if now < self.expires_at else PromoStatus.LAPSED


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoView:
    """A promo code with the names that belong to it.

    Attributes:
        promo: The promo code.
        client_name: Hostile text.
        shown_id: Id of the client as billing knows it.
        telegram_id: Of the client, ``None`` where it is not in Telegram.
        email: Of the client, or ``None``.
        partner_code: Of who brought it.
    """

    promo: Promo
    client_name: str
    shown_id: str
    telegram_id: int | None
    email: str | None
    partner_code: str
