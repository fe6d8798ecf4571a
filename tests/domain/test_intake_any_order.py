"""Events in any order, in any batches, any number of times, end in the same figures (E02, E03)."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.programs.model import Program
from tests.domain.builders import Sent, clicked, opened, paid, refunded, registered, saas_tiers
from tests.domain.programs import HOLD
from tests.domain.world import World


def story(first: int = 10_000, second: int = 3_333, part: int = 3_001) -> list[Sent]:
    """A client, two payments, a refund of a part of the first and of all of the second."""
    amounts = [f"{minor // 100}.{minor % 100:02}" for minor in (first, second, part)]
    return [
        registered("ann", "2026-11-01", referral_code="leo"),
        paid("p1", "ann", amounts[0], "2026-11-03"),
        paid("p2", "ann", amounts[1], "2026-11-04"),
        refunded("r1", "p1", amounts[2], "2026-11-05"),
        refunded("r2", "p2", amounts[1], "2026-11-06"),
    ]


def ends(program: Program, *requests: list[Sent]) -> dict[str, object]:
    """Return what so many requests end in."""
    world = World(program)
    world.enrols("leo")
    for request in requests:
        world.send(*request)
    return world.outcome()


@pytest.mark.parametrize("program", [saas_tiers(), HOLD], ids=["at once", "held"])
def test_every_order_of_a_story_ends_in_the_same_figures(program: Program) -> None:
    expected = ends(program, story())

    for order in permutations(story()):
        assert ends(program, *([one] for one in order)) == expected


def test_every_order_of_a_story_ends_in_figures_that_are_right() -> None:
    outcome = ends(saas_tiers(), story())

    # 10.00 and 3.33 accrued; 69.99 x 10 % = 7.00 is left of the first, nothing of the second
    assert outcome["balances"] == {
        "leo": {"accrued": "13.33", "payable": "7.00", "clawed_back": "6.33"}
    }
    assert outcome["standing"] == {"leo": (1, "start")}


def test_every_order_with_a_click_and_an_account_ends_in_the_same_figures() -> None:
    whole = [
        clicked("c1", "leo", "2026-10-31"),
        registered("ann", "2026-11-01", click_id="c1"),
        opened("a1", "ann", "2026-11-02"),
        paid("p1", "ann", "100.00", "2026-11-03", account_id="a1"),
        refunded("r1", "p1", "33.33", "2026-11-05"),
    ]

    def money(*requests: list[Sent]) -> list[object]:
        outcome = ends(saas_tiers(), *requests)
        return [outcome[name] for name in ("balances", "standing", "payments", "commissions")]

    expected = money(whole)

    for order in permutations(whole):
        assert money(*([one] for one in order)) == expected


@given(
    st.permutations(story()).flatmap(
        lambda order: st.tuples(
            st.just(order), st.lists(st.booleans(), min_size=len(order), max_size=len(order))
        )
    ),
    st.integers(1, 10**9),
    st.integers(1, 10**9),
    st.data(),
)
@settings(deadline=None, max_examples=200)
def test_each_event_once_or_twice_in_any_order_ends_in_the_same_figures(
    drawn: tuple[list[Sent], list[bool]], first: int, second: int, data: st.DataObject
) -> None:
    told = story(first, second, data.draw(st.integers(1, first)))
    by_id = {one.id: one for one in told}
    order, twice = drawn
    sent = [by_id[one.id] for one in order]
    repeated = data.draw(
        st.permutations([one for one, again in zip(sent, twice, strict=True) if again])
    )
    requests = [[one] for one in sent]
    for one in repeated:
        at = data.draw(st.integers(0, len(requests)))
        requests.insert(at, [one])

    assert ends(saas_tiers(), *requests) == ends(saas_tiers(), told)


@given(st.permutations(story()), st.lists(st.integers(0, 5), max_size=4), st.booleans())
@settings(deadline=None, max_examples=200)
def test_any_batches_of_a_story_end_in_the_same_figures(
    order: list[Sent], cuts: list[int], again: bool
) -> None:
    edges = [0, *sorted(cuts), len(order)]
    requests = [order[a:b] for a, b in pairwise(edges)]

    assert ends(saas_tiers(), *requests, order if again else []) == ends(saas_tiers(), story())
