"""Events without effect before staff and before systems: lists, cards, mapping, dropping."""

from dataclasses import replace

import pytest

from domain.entities.event import EventCounts, EventCursor, EventShelf, EventStatus, place_of
from domain.errors import NotAllowed, NotFound
from domain.period import text_of
from domain.rights import StaffRole
from domain.usecases.events.listing import PAGE_SIZE
from domain.usecases.events.record import Answer, ReportedEvent
from tests.domain.builders import written
from tests.usecases.app import App

CATALOGUE = written(
    """
    [program]
    key = "catalogue"
    currency = "USD"
    [commission]
    rates = [{ category = "hosting", rate = "10%" }, { category = "mail", rate = "20%" }]
    [payout]
    minimum = "5.00"
    """
)


def paid(app: App, name: str, client: str = "ann", **more: object) -> ReportedEvent:
    data = {
        "payment_id": f"p-{name}",
        "client_id": client,
        "amount": "100.00",
        "currency": "USD",
        "paid_at": text_of(app.now),
    }
    return ReportedEvent(id=f"e-{name}", kind="payment.succeeded", data=data | more)


async def sends(app: App, *events: ReportedEvent) -> list[str]:
    (answers,) = await app.use.record_events([events])
    return [answer.status for answer in answers if isinstance(answer, Answer)]


async def begin(app: App) -> None:
    app.offers(CATALOGUE)
    await app.joins("leo", "catalogue")
    await app.client("ann", by="leo", program="catalogue")


async def ids(app: App, shelf: EventShelf) -> list[str]:
    page = await app.use.list_events(await app.owner(), shelf)
    return sorted(record.id for record in page.rows)


async def test_each_event_without_effect_is_on_its_shelf(app: App) -> None:
    await begin(app)
    early, strange = paid(app, "early", "nobody-yet"), paid(app, "strange", category="domains")
    wrong = paid(app, "wrong", category="hosting", program="no-such")
    fine = paid(app, "fine", category="hosting")
    assert await sends(app, early, strange, wrong, fine) == [
        "parked",
        "parked",
        "rejected",
        "applied",
    ]
    assert await ids(app, EventShelf.FOR_STAFF) == ["e-strange"]
    assert await ids(app, EventShelf.WAITING) == ["e-early"]
    assert await ids(app, EventShelf.PARKED) == ["e-early", "e-strange"]
    assert await ids(app, EventShelf.REJECTED) == ["e-wrong"]
    assert await ids(app, EventShelf.OPEN) == ["e-early", "e-strange", "e-wrong"]
    counts = await app.use.count_events(await app.owner())
    assert counts == EventCounts(for_staff=1, waiting=1, rejected=1)
    app.later(days=31)
    assert (await app.use.count_events(await app.owner())).rejected == 0


async def test_lists_come_a_page_at_a_time_newest_first(app: App) -> None:
    total = 2 * PAGE_SIZE + 1
    for number in range(total):
        await sends(app, paid(app, f"{number:02}", f"unknown-{number}"))
        app.later(seconds=number % 2)  # Some came at the same instant.
    expected = sorted(
        (await app.rows("events")), key=lambda row: (row["received_at"], row["id"]), reverse=True
    )
    seen, place = [], None
    for size in (PAGE_SIZE, PAGE_SIZE, 1):
        page = await app.use.list_events(await app.owner(), EventShelf.WAITING, place)
        assert len(page.rows) == size
        seen += [record.id for record in page.rows]
        place = place_of(page.rows[-1])
    assert page.following is None
    assert seen == [row["id"] for row in expected]
    first = await app.use.list_events.for_systems(EventShelf.OPEN, None, 3)
    assert first.following == EventCursor(first.rows[2].received_at, first.rows[2].id)
    rest = await app.use.list_events.for_systems(EventShelf.OPEN, first.following, 200)
    assert [row.id for row in (*first.rows, *rest.rows)] == seen


async def test_a_card_shows_the_data_and_masks_it_by_role(app: App) -> None:
    await begin(app)
    for name, role in (("mae", StaffRole.MANAGER), ("sue", StaffRole.SUPPORT)):
        await app.staff(name, role)
    data = {
        "client_id": "bob",
        "name": "Robert Paulson",
        "email": "bob@example.com",
        "registered_at": text_of(app.now),
        "program": "no-such",
        "account": {"account_id": "a-1", "name": "Soap"},
    }
    await app.reports("client.registered", event_id="e-bob", **data)
    full = await app.use.show_event(await app.in_chat("mae"), "e-bob")
    assert full.data == data
    masked = await app.use.show_event(await app.in_chat("sue"), "e-bob")
    assert masked.data == data | {
        "name": "Ro•••",
        "email": "bo•••",
        "account": {"account_id": "a-1", "name": "So•••"},
    }
    by_place = await app.use.show_event(await app.owner(), place_of(full.record))
    assert by_place == full
    with pytest.raises(NotFound):
        await app.use.show_event(await app.owner(), "e-none")
    gone = replace(place_of(full.record), digest="000000000000")
    with pytest.raises(NotFound):
        await app.use.show_event(await app.owner(), gone)
    with pytest.raises(NotAllowed):
        await app.use.show_event(await app.private("boss"), "e-bob")


async def test_a_card_tells_of_other_bodies_under_its_id(app: App) -> None:
    await begin(app)
    await sends(app, paid(app, "1", category="hosting"))
    assert await sends(app, replace(paid(app, "2", category="hosting"), id="e-1")) == ["conflict"]
    card = await app.use.show_event(await app.owner(), "e-1")
    assert [(c.event_id, "p-2" in c.data) for c in card.conflicts] == [("e-1", True)]
    assert card.record.status is EventStatus.APPLIED


async def test_a_mapped_category_runs_all_that_waits_and_holds_for_later(app: App) -> None:
    await begin(app)
    await app.staff("fin", StaffRole.FINANCE)
    waiting = [paid(app, str(number), category="domains") for number in range(3)]
    other = paid(app, "other", category="ssl")
    assert await sends(app, *waiting, other) == ["parked"] * 4
    card = await app.use.show_event(await app.in_chat("fin"), "e-1")
    assert card.choices == ("hosting", "mail")
    mapped = await app.use.map_category(await app.in_chat("fin"), "e-1", "mail")
    assert (mapped.answer.status, mapped.category, mapped.counts_as, mapped.applied) == (
        "applied",
        "domains",
        "mail",
        3,
    )
    assert await app.figures("leo", "catalogue") == {"accrued": "60.00", "payable": "60.00"}
    assert {row["category"] for row in await app.rows("commissions")} == {"domains"}
    assert await ids(app, EventShelf.FOR_STAFF) == ["e-other"]
    assert await sends(app, paid(app, "later", category="domains")) == ["applied"]
    assert await app.owed_to("leo", "catalogue") == "80.00"
    (row,) = await app.audited("category_mapped")
    assert (row["subject"], row["actor"]) == ("program:catalogue", app.id_of("fin"))
    assert row["details"] == {
        "category": "domains",
        "counts_as": "mail",
        "event": "e-1",
        "applied": 3,
    }


async def test_a_refund_names_the_category_as_billing_knows_it(app: App) -> None:
    await begin(app)
    lines = [{"category": "domains", "amount": "60.00"}, {"category": "mail", "amount": "40.00"}]
    assert await sends(app, paid(app, "1", lines=lines)) == ["parked"]
    await app.use.map_category(await app.owner(), "e-1", "hosting")
    assert await app.owed_to("leo", "catalogue") == "14.00"
    await app.refunds("p-1", "30.00", lines=[{"category": "domains", "amount": "30.00"}])
    assert await app.owed_to("leo", "catalogue") == "11.00"


async def test_a_payment_without_category_can_be_mapped_too(app: App) -> None:
    await begin(app)
    assert await sends(app, paid(app, "1")) == ["parked"]
    mapped = await app.use.map_category(await app.owner(), "e-1", "hosting")
    assert (mapped.category, mapped.applied) == ("", 1)
    assert await sends(app, paid(app, "2")) == ["applied"]


async def test_a_mapping_is_refused_where_there_is_none_to_make(app: App) -> None:
    await begin(app)
    await app.staff("sue", StaffRole.SUPPORT)
    await sends(app, paid(app, "1", category="domains"), paid(app, "early", "nobody-yet"))
    for event_id, choice in (("e-1", "no-such"), ("e-early", "hosting"), ("e-none", "hosting")):
        with pytest.raises(NotFound):
            await app.use.map_category(await app.owner(), event_id, choice)
    assert (await app.use.show_event(await app.in_chat("sue"), "e-1")).choices == ()
    for caller in (await app.in_chat("sue"), await app.private("boss")):
        with pytest.raises(NotAllowed):
            await app.use.map_category(caller, "e-1", "hosting")
    assert await app.rows("category_mappings") == []


async def test_a_dropped_event_is_final_and_its_fact_is_free(app: App) -> None:
    await begin(app)
    await sends(app, paid(app, "1", category="domains"))
    await app.use.drop_event(await app.owner(), "e-1")
    event = await app.use.look_up_event("e-1")
    assert event
    assert event.error
    assert (event.status, event.error.code, event.waits_for) == ("rejected", "dropped", None)
    with pytest.raises(NotFound):
        await app.use.drop_event(await app.owner(), "e-1")
    with pytest.raises(NotFound):
        await app.use.rerun_event(await app.owner(), "e-1")
    again = paid(app, "2", payment_id="p-1", category="hosting")
    assert await sends(app, again) == ["applied"]
    (row,) = await app.audited("event_dropped")
    assert row["details"] == {"waited_for": "staff:category", "error": "category"}
