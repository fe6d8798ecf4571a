"""How a pin ends or comes after the fact: released, left, disputed, ended by staff (R23, R24)."""

import pytest
from sqlalchemy import select

from domain.entities.claim import ClaimStatus
from domain.entities.pin import PinReason, PinStatus
from domain.errors import NotAllowed, NotFound
from domain.rights import StaffRole
from domain.usecases.claims.decide import ClaimDecision
from storage.tables import claims
from tests.usecases.app import App
from tests.usecases.pinning import account, pin, registers, statuses, told, webhooks

pytestmark = pytest.mark.usefixtures("two_who_pin")


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


async def test_a_released_account_belongs_to_whose_code_its_client_names(app: App) -> None:
    mistyped = await pin(app, "ann", "acme-1")
    await app.use.release_pin(await app.private("ann"), mistyped.pin.id)
    await registers(app, "c-1", "acme-1", referral_code=await app.code_of("bob", "widgets"))
    await app.pays("c-1", "100.00")

    assert await app.figures("bob", "widgets") == {"accrued": "40.00", "payable": "40.00"}
    assert await app.figures("ann", "widgets") == {}
    (referral,) = await app.rows("referrals")
    assert referral["by_staff"] is False


async def test_a_client_that_is_only_named_has_not_registered_on_the_card(app: App) -> None:
    await pin(app, "bob", "acme-1")
    refused = await pin(app, "ann", "acme-1")
    claim = await app.use.open_claim.dispute(await app.private("ann"), refused.pin.id)
    card = await app.use.show_claim_card(claim.id)
    assert card is not None
    assert (card.client_shown_id is None, card.registered_at) == (False, None)
    await registers(app, "c-1", "acme-1")
    card = await app.use.show_claim_card(claim.id)
    assert card is not None
    assert card.registered_at is not None
