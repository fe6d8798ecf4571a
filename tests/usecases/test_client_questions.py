"""Why a client is not here: the answer is honest and names nobody (R1-R3, R24)."""

from datetime import timedelta

import pytest

from domain.entities.claim import OwnDay, Whereabouts
from domain.period import text_of
from domain.rules.claims import TooManyQuestions
from domain.usecases.claims.ask import read_client
from tests.usecases.app import START, App
from tests.usecases.claiming import ask, clicked


async def test_each_answer_is_honest_and_names_nobody(app: App) -> None:
    for name in ("ann", "bob"):
        await app.joins(name)
    code = await app.code_of("ann")
    await app.client("mine", by="ann", email="Mine+x@example.com")
    await app.client("others", by="bob", phone="+359 88 123 4567")
    await app.client("nobody")
    await clicked(app, code, "late", days=8)
    await app.client("late", visitor_id="late")
    await app.client("early", visitor_id="early")
    await app.client("own", by="ann", owner_account_id="acc-ann")
    await app.client("awaits", click_id="not-seen-yet")
    await app.pays("mine", "10.00")
    for about, where in (
        ("mine", Whereabouts.YOURS),
        ("mine@example.com", Whereabouts.YOURS),
        ("others", Whereabouts.OTHERS),
        ("00359881234567", Whereabouts.OTHERS),
        ("+359 (88) 123-45-67", Whereabouts.OTHERS),
        ("nobody", Whereabouts.NO_CLICK),
        ("late", Whereabouts.OUTSIDE_WINDOW),
        ("early", Whereabouts.NO_CLICK),
        ("own", Whereabouts.SELF_REFERRAL),
        ("awaits", Whereabouts.CLICK_NOT_SEEN),
        ("stranger@example.com", Whereabouts.UNKNOWN),
    ):
        assert (await ask(app, "ann", about)).where is where, about
    late = await ask(app, "ann", "late")
    assert late.first_click_at == START - timedelta(days=8)
    assert late.window_ends_at == START - timedelta(days=1)
    assert late.registered_at == START
    for about in ("others", "nobody"):
        told = await ask(app, "ann", about)
        assert told.registered_at is told.first_click_at is told.earns_until is None
    assert (await ask(app, "bob", "late")).where is Whereabouts.NO_CLICK


async def test_what_waits_is_said_to_wait(app: App) -> None:
    await app.joins("ann")
    await app.client("mine", by="ann")
    paid = {"amount": "10.00", "currency": "EUR", "paid_at": text_of(app.now)}
    await app.reports("payment.succeeded", payment_id="p1", client_id="mine", **paid)
    await app.reports("payment.succeeded", payment_id="p2", client_id="to_come", **paid)
    assert (await ask(app, "ann", "mine")).where is Whereabouts.YOURS_PARKED
    assert (await ask(app, "ann", "to_come")).where is Whereabouts.NOT_REPORTED
    assert (await ask(app, "ann", "toXcome")).where is Whereabouts.UNKNOWN
    app.later(days=400)
    await app.client("next", by="ann")
    assert (await ask(app, "ann", "next")).where is Whereabouts.YOURS


async def test_a_client_that_earns_no_more_is_shown_as_such(app: App) -> None:
    await app.joins("ann")
    await app.client("mine", by="ann")
    app.later(days=400)
    told = await ask(app, "ann", "mine")
    assert told.where is Whereabouts.YOURS_ENDED
    assert told.earns_until is not None
    assert not told.may_claim


async def test_a_click_after_the_registration_is_told_with_both_dates(app: App) -> None:
    await app.joins("ann")
    await app.client("c1", visitor_id="v1")
    app.later(hours=1)
    await clicked(app, await app.code_of("ann"), "v1")
    told = await ask(app, "ann", "c1")
    assert told.where is Whereabouts.BEFORE_CLICK
    assert (told.registered_at, told.first_click_at) == (START, START + timedelta(hours=1))


async def test_a_day_shows_what_came_through_the_own_links(app: App) -> None:
    for name in ("ann", "bob"):
        await app.joins(name)
    await app.client("mine", by="ann")
    await app.client("theirs", by="bob")
    await app.opens("zoe", await app.code_of("ann"))
    answer = await app.use.ask_about_client(await app.private("ann"), read_client("02.03.2026"))
    assert answer == OwnDay(day="2026-03-02", clicks=0, starts=1, names=("Mine",))


async def test_questions_end_for_today_after_twenty(app: App) -> None:
    await app.joins("ann")
    for number in range(20):
        await ask(app, "ann", f"guess{number}@example.com")
    with pytest.raises(TooManyQuestions) as refused:
        await ask(app, "ann", "another@example.com")
    assert refused.value.facts == {"limit": 20, "possible_at": START + timedelta(hours=24)}
    app.later(hours=24)
    await ask(app, "ann", "another@example.com")


async def test_a_late_click_decides_only_the_program_that_was_named(app: App) -> None:
    await app.joins("ann", "waiting")
    await app.joins("bob")
    await app.reports(
        "client.registered",
        client_id="c1",
        name="C1",
        registered_at=text_of(app.now),
        click_id="k1",
        visitor_id="v1",
        program="saas-tiers",
    )
    assert [row["pending_program"] for row in await app.rows("clients")] == ["saas-tiers"]
    await clicked(app, await app.code_of("ann", "waiting"), "v1")
    await app.reports(
        "click.recorded",
        click_id="k1",
        code=await app.code_of("bob"),
        clicked_at=text_of(app.now),
    )
    rows = await app.rows("referrals")
    assert [row["program"] for row in rows] == ["saas-tiers"]
    assert rows[0]["enrolment_id"] == (await app.enrolment("bob")).id
    assert [row["pending_program"] for row in await app.rows("clients")] == [None]
