"""Balances corrected by staff: asked, spent in the queue, undone by an opposite (R17, R20)."""

from datetime import UTC
from decimal import Decimal

import pytest

from domain.entities.adjustment import AdjustmentStatus
from domain.errors import NotAllowed, NotFound
from domain.money import BadAmount
from domain.rights import MemberRole, StaffRole
from domain.rules.adjustments import (
    AdjustmentAlreadyDecided,
    AdjustmentNeedsAnother,
    AdjustmentUndone,
    AdjustmentUndoTooLate,
    BadReason,
    OwnAdjustment,
)
from domain.rules.payouts import PayoutAboveBalance
from domain.usecases.adjustments.enter import AdjustmentView
from domain.usecases.payouts.decide import PayoutMove
from handlers.staff.screens.adjustments import adjustment_card
from handlers.ui.language import Languages
from tests.usecases.app import App


async def asks(
    app: App, by: str = "boss", amount: str = "5.00", code: str | None = None, key: str = "1:1"
) -> AdjustmentView:
    return await app.use.adjust_balance.ask(
        await app.in_chat(by),
        code=code or await app.code_of("ann"),
        amount=amount,
        reason="counted  twice",
        request=key,
    )


async def test_nothing_moves_before_it_is_confirmed(app: App) -> None:
    await app.joins("ann")
    asked = await asks(app)
    assert await app.figures("ann") == {}
    again = await asks(app)
    assert again.adjustment == asked.adjustment

    done = await app.use.adjust_balance.confirm(await app.owner(), asked.adjustment.id)

    assert done.adjustment.status is AdjustmentStatus.BOOKED
    assert await app.figures("ann") == {"payable": "5.00", "adjusted": "5.00"}
    kind, told = (await app.told("ann"))[-1]
    assert (kind, told["reason"], told["minor"]) == ("adjustment", "counted twice", 500)
    rows = await app.audited("adjustment_asked", "adjustment_booked")
    assert [row["details"]["reason"] for row in rows] == ["counted twice"] * 2
    with pytest.raises(AdjustmentAlreadyDecided):
        await app.use.adjust_balance.confirm(await app.owner(), asked.adjustment.id)


async def test_a_dropped_one_never_moves(app: App) -> None:
    await app.joins("ann")
    asked = await asks(app)
    await app.use.adjust_balance.drop(await app.owner(), asked.adjustment.id)
    with pytest.raises(AdjustmentAlreadyDecided) as refusal:
        await app.use.adjust_balance.confirm(await app.owner(), asked.adjustment.id)
    assert refusal.value.facts["by_name"] == "Boss"
    assert await app.figures("ann") == {}
    with pytest.raises(AdjustmentUndone):
        await app.use.adjust_balance.undo(await app.owner(), asked.adjustment.id)


async def test_a_debt_is_covered_before_anything_is_paid(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "60.00")
    await app.adjusts("ann", "-70.00")
    assert await app.owed_to("ann") == "-10.00"
    await app.earns("ann", "65.00")

    with pytest.raises(PayoutAboveBalance):
        await app.asks("ann", "55.01")
    payout = await app.asks("ann", "55.00")
    await app.presses("boss", payout, PayoutMove.SETTLE)

    # 60.00 and 10.00 of the commissions cover the debt; 55.00 of the second is paid.
    story = await app.use.explain_sum.payout(await app.private("ann"), payout.id)
    assert [(row.taken, row.whole) for row in story.rows] == [(5500, 6500)]


async def test_it_is_paid_out_in_its_turn_and_returned(app: App) -> None:
    await app.joins("ann")
    await app.adjusts("ann", "20.00")
    app.later(minutes=1)
    await app.earns("ann", "40.00")
    payout = await app.asks("ann", "50.00")
    await app.presses("boss", payout, PayoutMove.SETTLE)

    story = await app.use.explain_sum.payout(await app.private("ann"), payout.id)
    assert [(row.taken, row.reason) for row in story.rows] == [
        (2000, "a correction"),
        (3000, None),
    ]
    await app.presses("boss", payout, PayoutMove.BRING_BACK)
    assert await app.figures("ann") == {
        "accrued": "40.00",
        "payable": "60.00",
        "adjusted": "20.00",
    }


async def test_an_undo_is_an_opposite_one_made_once(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "60.00")
    booked = await app.adjusts("ann", "5.00")
    await app.asks("ann", "65.00")

    for _ in range(2):
        view = await app.use.adjust_balance.undo(await app.owner(), booked.id)
        assert view.is_undone

    # What was set aside stays so; what is missing is a debt.
    assert await app.figures("ann") == {
        "accrued": "60.00",
        "payable": "-5.00",
        "reserved": "65.00",
    }
    assert [kind for kind, _ in await app.told("ann")][-1] == "adjustment_undone"
    undo = next(row for row in await app.rows("adjustments") if row["opposite_of"])
    with pytest.raises(AdjustmentUndone):
        await app.use.adjust_balance.undo(await app.owner(), undo["id"])


async def test_an_undo_comes_in_time_or_never(app: App) -> None:
    await app.joins("ann")
    booked = await app.adjusts("ann", "5.00")
    app.later(minutes=15, seconds=1)
    with pytest.raises(AdjustmentUndoTooLate):
        await app.use.adjust_balance.undo(await app.owner(), booked.id)
    assert await app.owed_to("ann") == "5.00"


@pytest.mark.parametrize("role", list(StaffRole))
async def test_owner_and_finance_adjust_and_nobody_else(app: App, role: StaffRole) -> None:
    await app.joins("ann")
    await app.staff("olga", role)
    if role in (StaffRole.OWNER, StaffRole.FINANCE):
        assert (await app.adjusts("ann", "1.00", by="olga")).decided_by == app.id_of("olga")
        return
    with pytest.raises(NotAllowed):
        await asks(app, "olga")
    asked = await asks(app)
    with pytest.raises(NotAllowed):
        await app.use.adjust_balance.confirm(await app.in_chat("olga"), asked.adjustment.id)
    with pytest.raises(NotAllowed):
        await app.use.adjust_balance.confirm(await app.private("boss"), asked.adjustment.id)


async def test_nobody_adjusts_the_own_partner(app: App) -> None:
    await app.joins("ann")
    await app.staff("olga", StaffRole.FINANCE)
    await app.becomes_member("olga", of="ann", role=MemberRole.USER)
    with pytest.raises(OwnAdjustment):
        await asks(app, "olga")
    asked = await asks(app)
    with pytest.raises(OwnAdjustment):
        await app.use.adjust_balance.confirm(await app.in_chat("olga"), asked.adjustment.id)


@pytest.mark.parametrize("amount", ["100.01", "-100.01"])
async def test_a_large_sum_needs_another_person(app: App, amount: str) -> None:
    app.configures(second_person_above=Decimal(100))
    await app.joins("ann")
    await app.staff("olga", StaffRole.FINANCE)
    assert (await app.adjusts("ann", "100.00")).status is AdjustmentStatus.BOOKED

    asked = await asks(app, amount=amount)
    assert asked.needs_another
    with pytest.raises(AdjustmentNeedsAnother):
        await app.use.adjust_balance.confirm(await app.owner(), asked.adjustment.id)
    done = await app.use.adjust_balance.confirm(await app.in_chat("olga"), asked.adjustment.id)
    assert (done.asked_by_name, done.by_name) == ("Boss", "Olga")
    shown = adjustment_card(Languages("en", UTC).of("en"), done).text
    assert "Balance corrected</b>: Boss asked, Olga confirmed" in shown


async def test_what_cannot_be_entered(app: App) -> None:
    await app.joins("ann")
    for amount in ("0", "1.001", "--5", "five", "-"):
        with pytest.raises(BadAmount):
            await asks(app, amount=amount, key=amount)
    with pytest.raises(NotFound):
        await asks(app, code="nobody")
    for reason in ("x", "y" * 501):
        with pytest.raises(BadReason):
            await app.use.adjust_balance.ask(
                await app.owner(),
                code=await app.code_of("ann"),
                amount="1",
                reason=reason,
                request="1:9",
            )
    assert await app.rows("adjustments") == []


async def test_why_a_sum_is_told_to_its_own_partner_and_to_staff_only(app: App) -> None:
    await app.joins("ann")
    await app.joins("bob")
    await app.earns("ann", "60.00", payment="p1")
    payout = await app.asks("ann", "50.00")
    conversion = await app.converts("ann", "5.00")
    (commission,) = await app.rows("commissions")
    why = app.use.explain_sum

    story = await why.commission(await app.private("ann"), commission["id"])
    assert (story.payment.payment_id, story.commission.minor) == ("p1", 6000)
    assert [part.minor for part in (*story.payouts, *story.conversions)] == [5000, 500]
    await app.staff("sue", StaffRole.SUPPORT)
    assert (await why.payout(await app.in_chat("sue"), payout.id)).payout.id == payout.id
    await app.becomes_member("una", of="ann")
    for person, refusal in (("bob", NotFound), ("una", NotAllowed), ("boss", NotFound)):
        caller = await app.private(person)
        for ask, number in (
            (why.commission, commission["id"]),
            (why.payout, payout.id),
            (why.conversion, conversion.id),
            (why.payment, commission["payment_id"]),
        ):
            with pytest.raises(refusal):
                await ask(caller, number)


async def test_asking_and_cancelling_are_audited(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "60.00")
    payout = await app.asks("ann", "50.00", key="once")
    await app.asks("ann", "50.00", key="once")
    await app.use.cancel_payout(await app.private("ann"), payout.id)

    rows = await app.audited("payout_request", "payout_cancel")
    subject = f"payout:{payout.id}"
    assert [(row["actor"], row["subject"]) for row in rows] == [(app.id_of("ann"), subject)] * 2
