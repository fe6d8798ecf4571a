"""Promo codes for clients that came by a partner's link (R36)."""

import asyncio

import pytest
from sqlalchemy import select

from domain.entities.promo import PromoStatus
from domain.errors import NotFound
from domain.rules.promos import (
    BadPromoCode,
    PromoCodeUsed,
    PromoGiven,
    PromoNotForForm,
    PromoNotOffered,
    PromoNotReady,
    PromoNotReferred,
)
from storage.tables import promos
from tests.domain.builders import written
from tests.usecases.app import App

BONUSES = written(
    """
    [program]
    key = "bonuses"
    currency = "RUB"
    [commission]
    rates = [{ rate = "15%" }]
    [payout]
    minimum = "1000.00"
    [promo]
    bonuses = 6000
    valid_days = 60
    legal_forms = ["legal_entity", "sole_proprietor"]
    remind_days = [3, 14]
    [promo.unit]
    en = "bonuses"
    ru = "бонусов"
    uk = "бонусів"
    bg = "бонуса"
    """
)
PLAIN = written(
    """
    [program]
    key = "plain"
    currency = "RUB"
    [commission]
    rates = [{ rate = "15%" }]
    [payout]
    minimum = "1000.00"
    """
)


async def brought(app: App, name: str, form: str | None = "legal_entity") -> None:
    """Let a client register by Leo's link, in Telegram too."""
    more = {"legal_form": form} if form else {}
    person = {"telegram_id": app.id_of(name)}
    await app.private(name)
    await app.client(name, by="leo", program="bonuses", **more, **person)


async def starts(app: App) -> None:
    app.offers(BONUSES)
    await app.joins("leo", "bonuses")


async def test_a_company_gets_a_code_activates_it_and_is_reminded(app: App) -> None:
    await starts(app)
    await brought(app, "acme")
    assert await app.use.offer_promos() == 1
    assert await app.use.offer_promos() == 0
    assert [kind for kind, _ in await app.told_staff()] == ["promo_waiting"]
    own = await app.use.use_promo.show(await app.private("acme"))
    assert own.status is PromoStatus.WAITING
    assert own.promo
    with pytest.raises(PromoNotReady):
        await app.use.use_promo.activate(await app.private("acme"), own.promo.id)
    view = await app.use.give_promo(await app.owner(), "acme", " CLOUD-1 ")
    assert (view.promo.code, view.telegram_id) == ("CLOUD-1", app.id_of("acme"))
    assert [kind for kind, _ in await app.told("acme")][-1] == "promo_given"
    async with app.engines.reads.connect() as connection:
        (row,) = (await connection.execute(select(promos))).all()
    assert b"CLOUD-1" not in row.code
    activated = await app.use.use_promo.activate(await app.private("acme"), own.promo.id)
    assert (activated.status, activated.days) == (PromoStatus.ACTIVE, 60)
    app.later(days=1)
    again = await app.use.use_promo.activate(await app.private("acme"), own.promo.id)
    assert again.promo == activated.promo
    assert again.days == 59
    await _reminders(app)


async def _reminders(app: App) -> None:
    assert await app.use.remind_of_promos() == 0
    for days, owed in ((44, 0), (1, 1), (1, 0), (10, 1), (1, 0)):
        app.later(days=days)
        assert await app.use.remind_of_promos() == owed, days
    app.later(days=3)
    own = await app.use.use_promo.show(await app.private("acme"))
    assert (own.status, own.days) == (PromoStatus.LAPSED, 0)
    assert await app.use.remind_of_promos() == 0


async def test_who_gets_none_is_told_why(app: App) -> None:
    await starts(app)
    await brought(app, "priv", "individual")
    await brought(app, "unknown", None)
    await app.private("alone")
    await app.client("alone", legal_form="legal_entity", telegram_id=app.id_of("alone"))
    assert await app.use.offer_promos() == 0
    for name, refusal in (
        ("priv", PromoNotForForm),
        ("unknown", PromoNotForForm),
        ("alone", PromoNotReferred),
    ):
        with pytest.raises(refusal):
            await app.use.use_promo.show(await app.private(name))
        with pytest.raises(refusal):
            await app.use.give_promo(await app.owner(), name, "CODE")
    # A client of the bot is of no legal form until billing reports it.
    await app.opens("cleo", await app.code_of("leo", "bonuses"))
    await app.consents("cleo")
    assert await app.use.offer_promos() == 0
    await app.client("c-7", telegram_id=app.id_of("cleo"), legal_form="sole_proprietor")
    assert await app.use.offer_promos() == 1


async def test_a_program_without_promo_codes_says_so(app: App) -> None:
    await app.joins("leo")
    await app.opens("cleo", await app.code_of("leo"))
    await app.consents("cleo")
    with pytest.raises(PromoNotOffered):
        await app.use.use_promo.show(await app.private("cleo"))


async def test_a_client_gets_one_code_and_a_code_one_client(app: App) -> None:
    await starts(app)
    await brought(app, "acme")
    await brought(app, "blue")
    await app.use.give_promo(await app.owner(), "acme", "CLOUD-1")
    for client, code, refusal in (
        ("acme", "CLOUD-2", PromoGiven),
        ("blue", "CLOUD-1", PromoCodeUsed),
        ("blue", "two words", BadPromoCode),
        ("nobody", "CLOUD-3", NotFound),
    ):
        with pytest.raises(refusal):
            await app.use.give_promo(await app.owner(), client, code)
    lists = await app.use.give_promo.lists(await app.owner())
    assert [view.shown_id for view in lists.unused] == ["acme"]


async def test_two_managers_give_at_once_and_one_code_is_given(app: App) -> None:
    await starts(app)
    await brought(app, "acme")
    owner = await app.owner()
    results = await asyncio.gather(
        app.use.offer_promos(),
        *(app.use.give_promo(owner, "acme", f"CLOUD-{number}") for number in range(3)),
        return_exceptions=True,
    )
    assert sum(isinstance(result, PromoGiven) for result in results) == 2
    assert len(await app.rows("promos")) == 1
    assert len(await app.audited("promo_given")) == 1


async def test_anothers_code_is_not_there(app: App) -> None:
    await starts(app)
    await brought(app, "acme")
    await brought(app, "blue")
    given = await app.use.give_promo(await app.owner(), "acme", "CLOUD-1")
    before = await app.contents()
    with pytest.raises(NotFound):
        await app.use.use_promo.activate(await app.private("blue"), given.promo.id)
    assert await app.contents() == before


async def test_an_erased_client_leaves_no_code(app: App) -> None:
    await starts(app)
    await brought(app, "acme")
    given = await app.use.give_promo(await app.owner(), "acme", "CLOUD-1")
    await app.use.erase_own_data(await app.private("acme"))
    async with app.around.open_work.read() as work:
        view = await work.promos.get(given.promo.id)
    assert view
    assert view.promo.code == ""


async def test_who_came_by_another_program_is_not_told_that_nobody_invited_it(app: App) -> None:
    await starts(app)
    app.offers(BONUSES, PLAIN)
    await app.joins("mia", "plain")
    await app.private("ann")
    await app.client("ann", by="mia", program="plain", telegram_id=app.id_of("ann"))
    await app.private("bob")
    await app.client("bob", telegram_id=app.id_of("bob"))
    for name, is_referred in (("ann", True), ("bob", False)):
        with pytest.raises(PromoNotReferred) as refused:
            await app.use.use_promo.show(await app.private(name))
        assert refused.value.facts == {"is_referred": is_referred}
