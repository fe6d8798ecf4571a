"""Services: whose clients are active, in any order of events, and the tiers that follow (R9)."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.entities.service import ServiceState
from tests.domain.builders import (
    Sent,
    clicked,
    deleted,
    opened,
    paid,
    registered,
    service,
    written,
)
from tests.domain.world import World

BY_SERVICES = written(
    """
    [program]
    key = "by-services"
    currency = "USD"
    [tiers]
    basis = "active_clients"
    levels = [{ key = "bronze", from = 1 }, { key = "silver", from = 2 }]
    [commission]
    rates = [{ tier = "bronze", rate = "10%" }, { tier = "silver", rate = "20%" }]
    [payout]
    minimum = "5.00"
    """
)


def client(name: str, **more: object) -> Sent:
    """Build a registration through the partner's link, with an account."""
    account = {"account_id": f"acc-{name}", "name": name}
    return registered(name, "2026-11-01", referral_code="leo", account=account, **more)


@pytest.fixture
def world() -> World:
    world = World(BY_SERVICES)
    world.enrols("leo")
    world.send(client("ann"), client("bob"))
    return world


def test_a_service_makes_its_client_active_until_it_is_suspended_or_cancelled(
    world: World,
) -> None:
    world.send(service("s1", "ann", "activated", "2026-11-02"))
    assert world.active("leo") == (1, "bronze")
    world.send(service("s1", "ann", "suspended", "2026-11-03"))
    assert world.active("leo") == (0, None)
    world.send(service("s1", "ann", "activated", "2026-11-04"))
    world.send(service("s1", "ann", "cancelled", "2026-11-05"))
    assert world.active("leo") == (0, None)


def test_a_client_with_two_services_counts_once_and_to_the_last(world: World) -> None:
    world.send(
        service("s1", "ann", "activated", "2026-11-02"),
        service("s2", "ann", "activated", "2026-11-02"),
        service("s3", "bob", "activated", "2026-11-02"),
    )
    assert world.active("leo") == (2, "silver")
    world.send(service("s1", "ann", "cancelled", "2026-11-03"))
    assert world.active("leo") == (2, "silver")
    world.send(service("s2", "ann", "suspended", "2026-11-03"))
    assert world.active("leo") == (1, "bronze")


def test_the_partner_is_told_up_and_down_with_what_is_missing(world: World) -> None:
    world.send(service("s1", "ann", "activated", "2026-11-02"))
    world.send(service("s1", "ann", "cancelled", "2026-11-03"))

    [up], [down] = world.notices("tier_reached"), world.notices("tier_lost")
    assert (up["tier"], up["following"], up["missing_clients"]) == ("bronze", "silver", 1)
    assert (down["tier"], down["following"], down["missing_clients"]) == (None, "bronze", 1)
    assert up["basis"] == down["basis"] == "active_clients"


def test_the_rate_follows_active_clients_and_not_payments(world: World) -> None:
    world.send(paid("p1", "ann", "100.00", "2026-11-02"))
    world.send(service("s1", "ann", "activated", "2026-11-03"))
    world.send(paid("p2", "ann", "100.00", "2026-11-04"))
    world.send(service("s2", "bob", "activated", "2026-11-05"))
    world.send(paid("p3", "ann", "100.00", "2026-11-06"))
    world.send(service("s2", "bob", "cancelled", "2026-11-07"))
    world.send(paid("p4", "ann", "100.00", "2026-11-08"))

    assert [world.earned(f"p{n}") for n in range(1, 5)] == [
        "below_tiers",
        "10.00 at 10%",
        "20.00 at 20%",
        "10.00 at 10%",
    ]


def test_a_deleted_client_leaves_the_active_and_stays_among_the_paying(world: World) -> None:
    world.send(service("s1", "ann", "activated", "2026-11-02"))
    world.send(paid("p1", "ann", "100.00", "2026-11-03"))
    world.send(deleted("ann", "2026-11-04"))

    assert world.active("leo") == (0, None)
    assert world.standing("leo")[0] == 1
    world.send(service("s2", "ann", "activated", "2026-11-05"))
    assert world.active("leo") == (0, None)


def test_what_waits_is_released_by_its_cause(world: World) -> None:
    [late] = world.send(service("s1", "eve", "suspended", "2026-11-03"))
    assert (late.status, late.error and late.error.code) == ("parked", "client_unknown")
    world.send(registered("eve", "2026-11-01", referral_code="leo"))
    assert world.events[late.id].waits_for == "account:acc-eve"
    world.send(opened("acc-eve", "eve", "2026-11-02"))
    assert world.events[late.id].waits_for == "service:s1"
    world.send(service("s1", "eve", "activated", "2026-11-02"))
    assert world.events[late.id].status.value == "applied"
    assert world.services["s1"].state is ServiceState.SUSPENDED
    assert world.active("leo") == (0, None)


def test_a_service_or_account_of_another_client_is_refused(world: World) -> None:
    world.send(service("s1", "ann", "activated", "2026-11-02"))
    [taken] = world.send(service("s1", "bob", "cancelled", "2026-11-03"))
    [account] = world.send(service("s9", "bob", "activated", "2026-11-03", account_id="acc-ann"))

    assert taken.error is not None
    assert taken.error.code == "service_taken"
    assert account.error is not None
    assert account.error.code == "account_taken"
    assert world.active("leo") == (1, "bronze")


def test_the_same_change_again_is_a_duplicate_and_an_older_one_changes_nothing(
    world: World,
) -> None:
    change = service("s1", "ann", "activated", "2026-11-05")
    world.send(change)
    [again] = world.send(change.under("another"))
    assert again.status == "duplicate"
    [older] = world.send(service("s1", "ann", "cancelled", "2026-11-04"))
    assert (older.status, older.reason) == ("applied", "outdated")
    assert world.active("leo") == (1, "bronze")


def test_a_click_that_comes_late_brings_an_active_client(world: World) -> None:
    account = {"account_id": "acc-eve", "name": "Eve"}
    world.send(registered("eve", "2026-11-02", click_id="c9", account=account))
    world.send(service("s1", "eve", "activated", "2026-11-03"))
    assert world.active("leo") == (0, None)
    world.send(clicked("c9", "leo", "2026-11-01"))
    assert world.active("leo") == (1, "bronze")


def test_every_order_of_a_story_ends_the_same() -> None:
    story = [
        client("ann"),
        service("s1", "ann", "activated", "2026-11-02"),
        service("s1", "ann", "suspended", "2026-11-03"),
        service("s1", "ann", "activated", "2026-11-04"),
        service("s2", "ann", "activated", "2026-11-04"),
        service("s1", "ann", "cancelled", "2026-11-04"),
    ]

    def ends(order: tuple[Sent, ...]) -> list[object]:
        world = World(BY_SERVICES)
        world.enrols("leo")
        world.send_each(*order)
        outcome = world.outcome()
        return [outcome[name] for name in ("active", "services", "standing")]

    expected = ends(tuple(story))
    assert expected[0] == {"leo": (1, "bronze")}
    for order in permutations(story):
        assert ends(order) == expected


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ann", "bob"]),
            st.integers(1, 2),
            st.sampled_from(["activated", "suspended", "cancelled"]),
            st.integers(2, 9),
        ),
        max_size=12,
    )
)
def test_any_changes_keep_the_counts(changes: list[tuple[str, int, str, int]]) -> None:
    world = World(BY_SERVICES)
    world.enrols("leo")
    world.send(client("ann"), client("bob"))
    for name, number, state, day in changes:
        world.send(service(f"{name}-{number}", name, state, f"2026-11-0{day}"))
    kept = list(world.services.values())
    begun = {f"{name}-{n}" for name, n, state, _ in changes if state == "activated"}
    assert {one.service_id for one in kept} == begun
    assert all(
        one.changed_at.day
        == max(day for name, n, _, day in changes if f"{name}-{n}" == one.service_id)
        for one in kept
    )
    active = {one.client_id for one in kept if one.state is ServiceState.ACTIVE}
    assert world.active("leo")[0] == len(active)
