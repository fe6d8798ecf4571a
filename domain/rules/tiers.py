"""The home of tiers: which level holds at a count of clients (R8, R9)."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.entities.partner import Enrolment
from domain.programs.model_rates import TierBasis, TierLevel
from domain.records import quick


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class TierProgress:
    """Where a partner stands.

    Attributes:
        level: The level that holds, ``None`` below the lowest.
        following: The next one, ``None`` at the top.
        missing_clients: How many more clients the next one needs; 0 at the top.
    """

    level: TierLevel | None
    following: TierLevel | None
    missing_clients: int


def counted_clients(enrolment: Enrolment, basis: TierBasis) -> int:
    """Return the count that the program's tiers go by (R9)."""
    if basis is TierBasis.ACTIVE_CLIENTS:
        return enrolment.active_clients
    return enrolment.paying_clients


def tier_at(levels: Sequence[TierLevel], clients: int) -> TierProgress:
    """Return the level that holds at this count; a boundary belongs to the upper level."""
    held = [level for level in levels if level.from_clients <= clients]
    ahead = [level for level in levels if level.from_clients > clients]
    following = ahead[0] if ahead else None
    return TierProgress(
        level=held[-1] if held else None,
        following=following,
        missing_clients=following.from_clients - clients if following else 0,
    )
