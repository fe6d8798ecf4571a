"""Which level holds at a count of clients, and what is missing to the next (R8, R9, R41)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.programs.model_rates import TierLevel
from domain.rules.tiers import tier_at
from tests.domain.builders import many, saas_tiers

HOSTING = tuple(
    TierLevel(key=key, from_clients=count)
    for key, count in (("bronze", 3), ("silver", 6), ("gold", 11), ("platinum", 21))
)


@pytest.mark.parametrize(
    ("clients", "level", "following", "missing"),
    [
        (0, None, "start", 1),
        (1, "start", "plus", 5),
        (5, "start", "plus", 1),
        (6, "plus", "pro", 15),
        (20, "plus", "pro", 1),
        (21, "pro", None, 0),
        (1_000_000, "pro", None, 0),
    ],
)
def test_a_boundary_belongs_to_the_upper_level(
    clients: int, level: str | None, following: str | None, missing: int
) -> None:
    progress = tier_at(saas_tiers().tiers, clients)

    assert (progress.level.key if progress.level else None) == level
    assert (progress.following.key if progress.following else None) == following
    assert progress.missing_clients == missing


@pytest.mark.parametrize(
    ("clients", "level"),
    [
        (0, None),
        (2, None),
        (3, "bronze"),
        (5, "bronze"),
        (6, "silver"),
        (10, "silver"),
        (11, "gold"),
        (20, "gold"),
        (21, "platinum"),
    ],
)
def test_below_the_lowest_level_there_is_none(clients: int, level: str | None) -> None:
    held = tier_at(HOSTING, clients).level

    assert (held.key if held else None) == level


def test_a_program_without_levels_has_nothing_to_reach() -> None:
    progress = tier_at((), 5)

    assert (progress.level, progress.following, progress.missing_clients) == (None, None, 0)


levels = st.sets(st.integers(1, 60), max_size=6).map(
    lambda counts: tuple(
        TierLevel(key=f"t{number}", from_clients=count)
        for number, count in enumerate(sorted(counts))
    )
)


@given(levels, st.integers(0, 80))
@many
def test_exactly_one_level_holds_and_the_next_is_reached_by_what_is_missing(
    table: tuple[TierLevel, ...], clients: int
) -> None:
    progress = tier_at(table, clients)

    holding = [level for level in table if level.from_clients <= clients]
    assert progress.level == (max(holding, key=lambda level: level.from_clients, default=None))
    if progress.following is None:
        assert progress.missing_clients == 0
        assert len(holding) == len(table)
    else:
        assert progress.missing_clients > 0
        reached = tier_at(table, clients + progress.missing_clients)
        assert reached.level == progress.following
        assert tier_at(table, clients + progress.missing_clients - 1).level == progress.level


@given(levels, st.integers(0, 80), st.integers(0, 20))
@many
def test_more_clients_never_mean_a_lower_level(
    table: tuple[TierLevel, ...], clients: int, more: int
) -> None:
    lower, upper = (tier_at(table, count).level for count in (clients, clients + more))

    assert (lower.from_clients if lower else 0) <= (upper.from_clients if upper else 0)
