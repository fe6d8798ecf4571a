"""Clients named in advance: who may name what, and whose the account is then (R23, R25)."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.entities.partner import EnrolmentStatus
from domain.entities.pin import PinReason, PinStatus
from domain.errors import NotAllowed
from domain.period import text_of
from domain.rights import MemberRole
from domain.rules.pinning import BadPinnedAccount, PinnerNotActive, PinningOff, TooManyPins
from domain.usecases.pins.name import PinClient
from storage.tables import clients
from storage.vault import Vault
from storage.work import SqlOpenWork
from tests.conftest import VAULT_KEY
from tests.domain.builders import written
from tests.usecases.app import App
from tests.usecases.pinning import account, pin, registers, statuses, told, webhooks

pytestmark = pytest.mark.usefixtures("two_who_pin")


async def test_a_new_account_is_pinned_protected_and_earns_when_billing_reports_it(
    app: App,
) -> None:
    view = await pin(app, "ann", " acme-1 ")
    code, bob = await app.code_of("ann", "widgets"), await app.code_of("bob", "widgets")

    assert view.pin.status is PinStatus.ACTIVE
    assert (view.client_shown_id or "").startswith("bot-")
    assert await account(app, "acme-1") == (code, True)
    (sent,) = await webhooks(app, "client.pinned")
    assert (sent["account_id"], sent["partner_code"], sent["protected"]) == ("acme-1", code, True)
    assert sent["client_id"] == view.client_shown_id
    assert (await pin(app, "ann", "acme-1")).pin.id == view.pin.id
    app.later(days=400)
    await registers(app, "c-1", "acme-1", referral_code=bob)
    await app.pays("c-1", "100.00")

    assert await app.owed_to("ann", "widgets") == "40.00"
    assert await app.owed_to("bob", "widgets") == "0.00"
    assert await account(app, "acme-1") == (code, True)
    async with app.engines.reads.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(clients)) == 1


@pytest.mark.parametrize(
    "order",
    [
        ("registers", "opens", "pays"),
        ("opens", "registers", "pays"),
        ("pays", "registers", "opens"),
        ("opens", "pays", "registers"),
        ("pays", "opens", "registers"),
        ("registers", "pays", "opens"),
    ],
)
async def test_any_event_brings_the_account_to_its_partner_in_any_order(
    app: App, order: tuple[str, ...]
) -> None:
    await pin(app, "ann", "acme-1")
    bob = await app.code_of("bob", "widgets")
    for step in order:
        app.later(minutes=1)
        if step == "registers":
            await registers(app, "c-1", referral_code=bob)
        elif step == "opens":
            await app.reports(
                "account.created",
                client_id="c-1",
                account_id="acme-1",
                name="Acme",
                created_at=text_of(app.now),
            )
        else:
            await app.pays("c-1", "100.00", account_id="acme-1")

    code = await app.code_of("ann", "widgets")
    assert await account(app, "acme-1") == (code, True)
    assert await app.owed_to("ann", "widgets") == "40.00"
    assert await app.owed_to("bob", "widgets") == "0.00"
    enrolments = [await app.enrolment(name, "widgets") for name in ("ann", "bob")]
    assert [row.paying_clients for row in enrolments] == [1, 0]


async def test_two_partners_at_once_at_two_replicas_and_one_wins(app: App) -> None:
    ann, bob = await app.private("ann"), await app.private("bob")
    replicas = [
        PinClient(replace(app.around, open_work=open_work))
        for open_work in (
            app.around.open_work,
            SqlOpenWork(app.engines, Vault(VAULT_KEY), app.around.new_id),
        )
    ]
    views = await asyncio.gather(replicas[0](ann, "acme-1"), replicas[1](bob, "acme-1"))

    assert sorted(view.pin.status for view in views) == [PinStatus.ACTIVE, PinStatus.REFUSED]
    lost = next(view for view in views if view.pin.status is PinStatus.REFUSED)
    assert lost.pin.reason is PinReason.OTHERS
    assert lost.client_name is lost.client_shown_id is None
    assert sorted(await statuses(app)) == [
        ("acme-1", PinStatus.ACTIVE),
        ("acme-1", PinStatus.REFUSED),
    ]
    assert (await account(app, "acme-1"))[1]


async def test_who_may_name_what(app: App) -> None:
    assert (await pin(app, "ann", "acc-ann")).pin.reason is PinReason.SELF_REFERRAL
    for text in ("", "Ä", "two words", "x", "UPPER", "a" * 129):
        with pytest.raises(BadPinnedAccount):
            await pin(app, "ann", text)
    await app.becomes_member("una", of="ann", role=MemberRole.USER)
    with pytest.raises(NotAllowed):
        await pin(app, "una", "acme-1")
    for number in range(4):
        await pin(app, "ann", f"acme-{number}")
    with pytest.raises(TooManyPins) as refused:
        await pin(app, "ann", "acme-9")
    assert refused.value.facts["possible_at"] == app.now + timedelta(days=1)
    app.later(days=1, seconds=1)
    await pin(app, "ann", "acme-9")
    for status in (EnrolmentStatus.SUSPENDED, EnrolmentStatus.ENDED):
        await app.sets_status("bob", status)
        with pytest.raises(PinnerNotActive):
            await pin(app, "bob", "other")
    app.offers(written('[program]\nkey="widgets"\ncurrency="USD"\n[payout]\nminimum="1.00"\n'))
    with pytest.raises(PinningOff):
        await pin(app, "ann", "acme-8")


async def test_a_payment_alone_makes_an_account_known(app: App) -> None:
    await registers(app, "c-1")
    await app.pays("c-1", "10.00", account_id="acme-1")
    assert (await pin(app, "ann", "acme-1")).pin.status is PinStatus.WAITING


async def test_two_pinned_accounts_of_one_client_and_the_earlier_pin_stands(app: App) -> None:
    await pin(app, "ann", "acme-1")
    second = await pin(app, "bob", "acme-2")
    await registers(app, "c-1", "acme-2")
    result = await app.reports(
        "account.created",
        client_id="c-1",
        account_id="acme-1",
        name="First",
        created_at=text_of(app.now),
    )
    assert result.status == "applied", result
    ann = await app.code_of("ann", "widgets")
    assert await account(app, "acme-1") == await account(app, "acme-2") == (ann, True)
    lost = await app.use.show_pin(await app.private("bob"), second.pin.id)
    assert (lost.pin.status, lost.pin.reason) == (PinStatus.REFUSED, PinReason.OTHERS)
    assert lost.pin.is_disputable


async def test_products_are_free_while_a_client_is_active(app: App) -> None:
    await pin(app, "ann", "acme-1")
    service = {"account_id": "acme-1", "service_id": "s-1", "category": "w", "name": "Widget"}
    await app.reports("service.activated", client_id="c-1", at=text_of(app.now), **service)
    assert (await app.enrolment("ann", "widgets")).entitled_since == app.now
    code = await app.code_of("ann", "widgets")
    (free,) = await app.use.report_partner.entitlements(code) or ()
    assert (free.account_id, free.since) == ("acc-ann", app.now)
    app.later(days=3)
    await app.reports("service.cancelled", client_id="c-1", at=text_of(app.now), **service)
    assert await app.use.report_partner.entitlements(code) == ()
    assert (await app.enrolment("ann", "widgets")).entitled_since is None
    assert len(await told(app, "entitlement_started")) == 1
    assert len(await told(app, "entitlement_ended")) == 1
