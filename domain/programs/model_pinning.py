"""The home of what a program states of clients named in advance (R23)."""

from dataclasses import dataclass
from enum import StrEnum


class Unconfirmed(StrEnum):
    """What a partner is left with where a known client did not confirm it (R23)."""

    COMMISSION_ONLY = "commission_only"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinning:
    """How clients are named in advance by the id of their account (R23).

    Attributes:
        per_day: How many accounts a partner may name in 24 hours.
        confirm_days: How many days a known client has for its answer.
        after_refusal: What the partner is left with when the client says no.
        after_silence: The same when it does not answer.
        account_format: A regular expression of an account id, ``None`` for any id.
        account_example: An id of that kind, shown to who mistyped one.
    """

    per_day: int = 20
    confirm_days: int = 7
    after_refusal: Unconfirmed = Unconfirmed.REFUSED
    after_silence: Unconfirmed = Unconfirmed.REFUSED
    account_format: str | None = None
    account_example: str | None = None
