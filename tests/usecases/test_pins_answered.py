"""What a client that is known already says to a pin: yes, no, or nothing (R23)."""

import pytest
from sqlalchemy import select

from domain.entities.pin import PinProof, PinReason, PinStatus, link_of
from domain.rules.pinning import NotProtected, PinNotYours, PinVoid
from storage.tables import pins
from tests.usecases.app import App
from tests.usecases.pinning import account, pin, registers, statuses, told, webhooks

pytestmark = pytest.mark.usefixtures("two_who_pin")


async def key_of(app: App, pin_id: int) -> str:
    async with app.around.open_work.read() as work:
        return work.pins.key_of(pin_id)


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
