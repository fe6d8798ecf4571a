"""Clients named in advance: pinned, asked, refused, protected, and the end of it (R23-R25)."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from domain.entities.claim import ClaimStatus
from domain.entities.partner import EnrolmentStatus
from domain.entities.pin import PinProof, PinReason, PinStatus, PinView, link_of
from domain.errors import NotAllowed, NotFound
from domain.period import text_of
from domain.rights import MemberRole, StaffRole
from domain.rules.pinning import (
    BadPinnedAccount,
    NotProtected,
    PinnerNotActive,
    PinningOff,
    PinNotYours,
    PinVoid,
    TooManyPins,
)
from domain.usecases.claims.decide import ClaimDecision
from domain.usecases.pins.name import PinClient
from storage.tables import claims, clients, notices, outbound_events, pins
from storage.vault import Vault
from storage.work import SqlOpenWork
from tests.conftest import VAULT_KEY
from tests.domain.builders import written
from tests.usecases.app import App

WIDGETS = written(
    """
    [program]
    key = "widgets"
    currency = "USD"
    [commission]
    rates = [{ rate = "40%" }]
    [payout]
    minimum = "10.00"
    [pinning]
    per_day = 5
    confirm_days = 7
    after_refusal = "refused"
    after_silence = "commission_only"
    account_format = "[a-z0-9-]{2,20}"
    account_example = "acme-1"
    [entitlements]
    free_products = true
    """
)


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def widgets(app: App) -> None:
    app.offers(WIDGETS)
    for name in ("ann", "bob"):
        await app.joins(name, "widgets")


async def pin(app: App, name: str, account: str) -> PinView:
    return await app.use.pin_client(await app.private(name), account)


async def account(app: App, account_id: str) -> tuple[str | None, bool]:
    """Return the partner code of an account and whether it is protected, as the API reads it."""
    found = await app.use.report_client.of_account(account_id)
    assert found
    view = found[0]
    return next((code for code in view.codes if code), None), view.is_protected


async def registers(app: App, client: str, account_id: str | None = None, **more: object) -> None:
    data: dict[str, object] = {
        "client_id": client,
        "name": client.title(),
        "registered_at": text_of(app.now),
        **more,
    }
    if account_id:
        data["account"] = {"account_id": account_id, "name": account_id}
    result = await app.reports("client.registered", **data)
    assert result.status == "applied", result


async def told(app: App, kind: str) -> list[dict[str, object]]:
    async with app.engines.reads.connect() as connection:
        rows = await connection.execute(
            select(notices.c.params).where(notices.c.kind == kind).order_by(notices.c.id)
        )
        return [row.params for row in rows]


async def webhooks(app: App, kind: str) -> list[dict[str, object]]:
    async with app.engines.reads.connect() as connection:
        rows = await connection.execute(
            select(outbound_events.c.data)
            .where(outbound_events.c.type == kind)
            .order_by(outbound_events.c.id)
        )
        return [row.data for row in rows]


async def key_of(app: App, pin_id: int) -> str:
    async with app.around.open_work.read() as work:
        return work.pins.key_of(pin_id)


async def statuses(app: App) -> list[tuple[str, PinStatus]]:
    async with app.engines.reads.connect() as connection:
        rows = await connection.execute(
            select(pins.c.account_id, pins.c.status).order_by(pins.c.id)
        )
        return [(row.account_id, row.status) for row in rows]


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


async def test_a_known_client_confirms_by_its_own_telegram_and_leaves_its_partner(
    app: App,
) -> None:
    await app.private("carla")
    bob = await app.code_of("bob", "widgets")
    carla = app.id_of("carla")
    await registers(app, "c-1", "acme-1", telegram_id=carla, referral_code=bob)
    await app.pays("c-1", "100.00")
    view = await pin(app, "ann", "acme-1")

    assert (view.pin.status, view.pin.proof) == (PinStatus.WAITING, PinProof.PERSON)
    assert view.client_name is None
    assert await account(app, "acme-1") == (bob, False)
    (asked,) = await told(app, "pin_asked")
    assert asked["pin_id"] == view.pin.id
    (request,) = await webhooks(app, "client.pin_requested")
    token = link_of(view.pin.id, view.key).removeprefix("p_")
    assert request["start"] == f"p_{token}"
    with pytest.raises(PinNotYours):
        await app.use.open_pin_request(await app.private("mallory"), token)
    with pytest.raises(PinVoid):
        await app.use.open_pin_request(await app.private("carla"), token[:-1] + "x")
    opened = await app.use.open_pin_request(await app.private("carla"), token)
    assert not opened.needs_phone
    with pytest.raises(PinNotYours):
        await app.use.answer_pin_request(
            await app.private("ann"), view.pin.id, is_confirmed=True, key=view.key
        )
    await app.use.answer_pin_request(await app.private("carla"), view.pin.id, is_confirmed=True)

    code = await app.code_of("ann", "widgets")
    assert await account(app, "acme-1") == (code, True)
    with pytest.raises(PinVoid):
        await app.use.answer_pin_request(
            await app.private("carla"), view.pin.id, is_confirmed=False
        )
    await app.pays("c-1", "50.00")
    assert await app.owed_to("ann", "widgets") == "20.00"
    assert await app.owed_to("bob", "widgets") == "40.00"
    assert [row["reason_code"] for row in await told(app, "client_lost")] == ["client_word"]
    assert [row["status"] for row in await told(app, "pin_answered")] == ["active"]


async def test_a_known_client_shows_its_own_number(app: App) -> None:
    await registers(app, "c-1", "acme-1", phone="+380 67 111 22 33")
    view = await pin(app, "ann", "acme-1")
    assert view.pin.proof is PinProof.PHONE
    carla = await app.private("carla")
    for phone in (None, "+380671112244"):
        with pytest.raises(PinNotYours):
            await app.use.answer_pin_request(
                carla, view.pin.id, is_confirmed=True, key=view.key, phone=phone
            )
    await app.use.answer_pin_request(
        carla, view.pin.id, is_confirmed=True, key=view.key, phone="380671112233"
    )

    assert (await account(app, "acme-1"))[1]
    ended = await app.use.end_protection.by_client(await app.private("carla"))
    assert ended.reason is PinReason.CLIENT
    with pytest.raises(NotProtected):
        await app.use.end_protection.by_client(await app.private("carla"))
    assert await account(app, "acme-1") == (await app.code_of("ann", "widgets"), False)
    assert [row["reason"] for row in await told(app, "pin_ended")] == ["client"]
    assert [row["reason"] for row in await webhooks(app, "client.unprotected")] == ["client"]


async def test_nothing_known_of_a_client_goes_through_the_vendor(app: App) -> None:
    await registers(app, "c-1", "acme-1")
    view = await pin(app, "ann", "acme-1")
    assert (view.pin.proof, view.key) == (PinProof.VENDOR, "")
    carla = await app.private("carla")
    with pytest.raises(PinNotYours):
        await app.use.answer_pin_request(carla, view.pin.id, is_confirmed=True)
    key = await key_of(app, view.pin.id)
    with pytest.raises(PinNotYours):
        await app.use.answer_pin_request(
            await app.private("ann"), view.pin.id, is_confirmed=True, key=key
        )
    await app.use.answer_pin_request(carla, view.pin.id, is_confirmed=True, key=key)
    assert (await account(app, "acme-1"))[1]


async def test_a_no_is_refused_and_not_asked_again_and_silence_leaves_the_commission(
    app: App,
) -> None:
    await app.private("carla")
    await registers(app, "c-1", "acme-1", telegram_id=app.id_of("carla"))
    view = await pin(app, "ann", "acme-1")
    after = await app.use.answer_pin_request(
        await app.private("carla"), view.pin.id, is_confirmed=False
    )
    assert (after.status, after.reason) == (PinStatus.REFUSED, PinReason.DECLINED)
    assert (await pin(app, "ann", "acme-1")).pin.id == view.pin.id
    second = await pin(app, "bob", "acme-1")
    app.later(days=7, seconds=-1)
    assert await app.use.take_silence() == 0
    app.later(seconds=1)
    assert await app.use.take_silence() == 1
    shown = await app.use.show_pin(await app.private("bob"), second.pin.id)
    assert (shown.pin.status, shown.pin.reason) == (
        PinStatus.COMMISSION_ONLY,
        PinReason.SILENCE,
    )
    assert await account(app, "acme-1") == (await app.code_of("bob", "widgets"), False)
    await app.pays("c-1", "10.00")
    assert await app.owed_to("bob", "widgets") == "4.00"
    with pytest.raises(PinVoid):
        await app.use.answer_pin_request(
            await app.private("carla"), second.pin.id, is_confirmed=True
        )


async def test_silence_takes_no_client_from_its_partner(app: App) -> None:
    bob = await app.code_of("bob", "widgets")
    await registers(app, "c-1", "acme-1", referral_code=bob)
    view = await pin(app, "ann", "acme-1")
    app.later(days=8)
    await app.use.take_silence()

    assert await account(app, "acme-1") == (bob, False)
    shown = await app.use.show_pin(await app.private("ann"), view.pin.id)
    assert shown.pin.status is PinStatus.REFUSED
    assert [row["status"] for row in await told(app, "pin_answered")] == ["refused"]


async def test_a_payment_alone_makes_an_account_known(app: App) -> None:
    await registers(app, "c-1")
    await app.pays("c-1", "10.00", account_id="acme-1")
    assert (await pin(app, "ann", "acme-1")).pin.status is PinStatus.WAITING


async def test_a_mistyped_account_is_free_again_after_its_release(app: App) -> None:
    first = await pin(app, "ann", "acme-1")
    with pytest.raises(NotFound):
        await app.use.release_pin(await app.private("bob"), first.pin.id)
    for _ in range(2):
        released = await app.use.release_pin(await app.private("ann"), first.pin.id)
        assert released.pin.reason is PinReason.RELEASED
    assert await account(app, "acme-1") == (None, False)
    second = await pin(app, "bob", "acme-1")

    assert second.pin.status is PinStatus.ACTIVE
    await registers(app, "c-1", "acme-1")
    await app.pays("c-1", "10.00")
    assert await app.owed_to("bob", "widgets") == "4.00"
    assert len(await webhooks(app, "client.unprotected")) == 1
    kept = await app.use.release_pin(await app.private("bob"), second.pin.id)
    assert kept.pin.status is PinStatus.ENDED
    assert await account(app, "acme-1") == (await app.code_of("bob", "widgets"), False)


async def test_a_partner_that_left_protects_nobody(app: App) -> None:
    await pin(app, "ann", "acme-1")
    await app.use.leave_program(await app.private("ann"), "widgets")
    assert (await account(app, "acme-1"))[1] is False
    assert (await pin(app, "bob", "acme-1")).pin.status is PinStatus.ACTIVE
    assert await account(app, "acme-1") == (await app.code_of("bob", "widgets"), True)
    assert [status for _, status in await statuses(app)] == [PinStatus.ENDED, PinStatus.ACTIVE]


async def test_a_client_that_turns_out_to_be_the_partner_is_not_protected(app: App) -> None:
    view = await pin(app, "ann", "acme-1")
    await registers(app, "c-1", "acme-1", owner_account_id="acc-ann")

    assert await account(app, "acme-1") == (None, False)
    shown = await app.use.show_pin(await app.private("ann"), view.pin.id)
    assert shown.pin.reason is PinReason.SELF_REFERRAL
    assert [row["reason"] for row in await told(app, "pin_ended")] == ["self_referral"]


async def test_a_wrong_refusal_is_pinned_after_the_fact(app: App) -> None:
    first = await pin(app, "bob", "acme-1")
    await registers(app, "c-1", "acme-1")
    await app.pays("c-1", "100.00")
    refused = await pin(app, "ann", "acme-1")
    assert refused.pin.is_disputable
    with pytest.raises(NotFound):
        await app.use.open_claim.dispute(await app.private("ann"), first.pin.id)
    claim = await app.use.open_claim.dispute(await app.private("ann"), refused.pin.id)
    card = await app.use.show_claim_card(claim.id)
    assert card is not None
    assert card.pin == refused.pin
    assert card.unpaid_minor == 4_000
    decision = ClaimDecision(
        claim_id=claim.id, is_accepted=True, reason_code="proof", reason_text="a letter"
    )
    await app.use.decide_claim(await app.owner(), decision)

    ann = await app.code_of("ann", "widgets")
    assert await account(app, "acme-1") == (ann, True)
    assert sorted(status for _, status in await statuses(app)) == ["active", "ended"]
    assert len(await told(app, "client_lost")) == 1
    async with app.engines.reads.connect() as connection:
        status = await connection.scalar(select(claims.c.status))
    assert status is ClaimStatus.ACCEPTED
    await app.pays("c-1", "50.00")
    assert await app.owed_to("ann", "widgets") == "20.00"


async def test_an_unknown_account_is_pinned_by_the_decision_itself(app: App) -> None:
    refused = await pin(app, "ann", "acc-ann")
    claim = await app.use.open_claim.dispute(await app.private("ann"), refused.pin.id)
    decision = ClaimDecision(claim_id=claim.id, is_accepted=True, reason_code="our_mistake")
    await app.use.decide_claim(await app.owner(), decision)
    shown = await app.use.show_pin(await app.private("ann"), refused.pin.id)
    assert shown.pin.status is PinStatus.ACTIVE
    await registers(app, "c-1", "acc-ann")
    assert await account(app, "acc-ann") == (await app.code_of("ann", "widgets"), True)


async def test_staff_end_a_protection_and_only_who_may(app: App) -> None:
    view = await pin(app, "ann", "acme-1")
    await app.staff("sam", StaffRole.SUPPORT)
    with pytest.raises(NotAllowed):
        await app.use.end_protection.by_staff(await app.in_chat("sam"), view.pin.id)
    await app.use.end_protection.by_staff(await app.owner(), view.pin.id)
    assert (await account(app, "acme-1"))[1] is False
    assert (await pin(app, "ann", "acme-1")).pin.status is PinStatus.WAITING


async def test_an_erased_client_answers_nothing_and_leaves_no_trace_in_pins(app: App) -> None:
    await app.private("carla")
    carla = app.id_of("carla")
    await registers(app, "c-1", "acme-1", telegram_id=carla, phone="+380671112233")
    view = await pin(app, "ann", "acme-1")
    kept = (await app.use.export_own_data(await app.private("carla")))["pins"]
    assert [(row["account_id"], row["status"]) for row in kept] == [("acme-1", PinStatus.WAITING)]
    await app.use.erase_own_data(await app.private("carla"))
    with pytest.raises(PinNotYours):
        await app.use.answer_pin_request(
            await app.private("carla"), view.pin.id, is_confirmed=True, key=view.key
        )
    assert await told(app, "pin_asked") == []
    for kind in ("client.pin_requested", "client.pinned"):
        assert "Carla" not in str(await webhooks(app, kind))
    async with app.engines.reads.connect() as connection:
        rows = (await connection.execute(select(pins))).all()
    assert all(str(carla) not in str(row) and "38067" not in str(row) for row in rows)
    app.later(days=8)
    await app.use.take_silence()
    assert [status for _, status in await statuses(app)] == [PinStatus.COMMISSION_ONLY]


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
