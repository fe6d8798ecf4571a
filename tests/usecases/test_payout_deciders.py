"""Nobody decides about its own pay-out, and nothing is decided twice (R18)."""

import asyncio
from dataclasses import replace

import pytest

from domain.entities.payout import Payout, PayoutStatus
from domain.errors import NotFound
from domain.period import text_of
from domain.rights import MemberRole, StaffRole
from domain.rules.payouts import OwnPayout, PayoutAlreadyDecided
from domain.usecases.payouts.decide import PayoutMove
from tests.usecases.app import App
from tests.usecases.deciding import APPROVE, BRING_BACK, REJECT, SETTLE, asked

# One's own money


@pytest.mark.parametrize("role", MemberRole)
async def test_nobody_decides_about_a_partner_one_belongs_to(app: App, role: MemberRole) -> None:
    payout, done = await asked(app), await app.asks("leo", "70.00")
    await app.presses("pete", done, SETTLE)
    await app.becomes_member("olga", of="leo", role=role)
    before = await app.contents()
    for move in (APPROVE, SETTLE, REJECT):
        with pytest.raises(OwnPayout):
            await app.presses("olga", payout, move)
    with pytest.raises(OwnPayout):
        await app.presses("olga", done, BRING_BACK)
    assert await app.contents() == before
    await app.presses("pete", payout, SETTLE)


async def test_the_owner_of_the_config_is_no_exception(app: App) -> None:
    payout = await asked(app)
    await app.becomes_member("boss", of="leo")
    with pytest.raises(OwnPayout):
        await app.presses("boss", payout, SETTLE)


async def test_who_asked_cannot_decide_even_after_leaving_the_partner(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "100.00")
    await app.becomes_member("olga", of="leo", role=MemberRole.ADMIN)
    payout = await app.asks("olga", "60.00")
    await app.leaves_partner("olga")
    await app.staff("olga", StaffRole.FINANCE)
    before = await app.contents()
    for move in (APPROVE, SETTLE):
        with pytest.raises(OwnPayout):
            await app.presses("olga", payout, move)
    assert await app.contents() == before


# Decided already


ENDS = {
    PayoutStatus.APPROVED: (APPROVE,),
    PayoutStatus.DONE: (SETTLE,),
    PayoutStatus.REJECTED: (REJECT,),
    PayoutStatus.RETURNED: (SETTLE, BRING_BACK),
}
NOT_ANY_MORE = {
    PayoutStatus.APPROVED: (APPROVE, BRING_BACK),
    PayoutStatus.DONE: (APPROVE, SETTLE, REJECT),
    PayoutStatus.REJECTED: (APPROVE, SETTLE, REJECT, BRING_BACK),
    PayoutStatus.RETURNED: (APPROVE, SETTLE, REJECT, BRING_BACK),
}


@pytest.mark.parametrize("status", ENDS)
async def test_the_second_press_is_told_who_was_first(app: App, status: PayoutStatus) -> None:
    payout = await asked(app)
    for move in ENDS[status]:
        await app.presses("olga", payout, move)
    decided = await app.payout(payout)
    assert decided.status is status
    app.later(minutes=1)
    before = await app.contents()
    for move in NOT_ANY_MORE[status]:
        with pytest.raises(PayoutAlreadyDecided) as told:
            await app.presses("pete", payout, move)
        assert told.value.facts == {
            "status": status.value,
            "by": app.id_of("olga"),
            "by_name": "Olga",
            "at": text_of(decided.settled_at) if decided.settled_at else None,
        }
    assert await app.contents() == before


async def test_staff_are_told_that_the_partner_was_faster(app: App) -> None:
    payout = await asked(app)
    await app.use.cancel_payout(await app.private("leo"), payout.id)
    with pytest.raises(PayoutAlreadyDecided) as told:
        await app.presses("olga", payout, SETTLE)
    assert (told.value.facts["status"], told.value.facts["by_name"]) == ("cancelled", "Leo")


async def test_a_request_cannot_be_returned_before_it_was_done(app: App) -> None:
    payout = await asked(app)
    with pytest.raises(PayoutAlreadyDecided):
        await app.presses("olga", payout, BRING_BACK)
    assert await app.figures("leo") == {
        "accrued": "500.00",
        "payable": "440.00",
        "reserved": "60.00",
    }


async def test_of_presses_at_once_one_has_an_effect(app: App) -> None:
    payout = await asked(app)
    leo = await app.private("leo")
    told = await asyncio.gather(
        app.presses("olga", payout, SETTLE),
        app.presses("pete", payout, REJECT),
        app.presses("boss", payout, SETTLE),
        app.use.cancel_payout(leo, payout.id),
        return_exceptions=True,
    )
    assert sum(isinstance(one, PayoutAlreadyDecided) for one in told) == 3
    assert sum(isinstance(one, Payout) for one in told) == 1
    assert len(await app.rows("entries", payout_id=payout.id)) == 2


async def test_a_pay_out_that_is_not_there(app: App) -> None:
    await app.staff("olga", StaffRole.FINANCE)
    payout = await asked(app)
    before = await app.contents()
    for decision in PayoutMove:
        with pytest.raises(NotFound):
            await app.presses("olga", replace(payout, id=payout.id + 1), decision)
    with pytest.raises(NotFound):
        await app.use.reveal_payout_account(await app.in_chat("olga"), payout.id + 1)
    assert await app.use.show_payout_card(payout.id + 1) is None
    assert await app.contents() == before
