"""Fraud holds: what they take out of payable, who decides, what comes back or ends (R4, R18)."""

import pytest

from domain.errors import NotAllowed, NotFound
from domain.rights import StaffRole
from domain.rules.holds import HoldAlreadyDecided, NothingToHold
from domain.rules.payouts import OwnPayout, PayoutAboveBalance, PayoutOnHold
from domain.usecases.fraud.decide import HoldDecision, HoldMove
from domain.usecases.payouts.decide import PayoutMove
from tests.usecases.app import App
from tests.usecases.holding import place, press


async def test_a_hold_takes_one_commission_out_of_payable_and_gives_it_back(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "60.00", payment="p1")
    await app.earns("ann", "50.00", payment="p2")
    view = await place(app, "p1")
    assert view.minor == 6_000
    assert await app.figures("ann") == {"accrued": "110.00", "held": "60.00", "payable": "50.00"}
    with pytest.raises(PayoutAboveBalance):
        await app.asks("ann", "60.00")
    payout = await app.asks("ann", "50.00")
    assert [row["commission_id"] for row in await app.rows("payout_parts")] != [
        view.hold.subject_id
    ]
    assert (await press(app, view, HoldMove.RELEASE, "explained")).hold.reason_code == "explained"
    await app.presses("boss", payout, PayoutMove.SETTLE)
    assert await app.figures("ann") == {"accrued": "110.00", "payable": "60.00", "paid": "50.00"}
    kinds = [kind for kind, _ in await app.told("ann")]
    assert kinds.count("fraud_hold_opened") == kinds.count("fraud_hold_released") == 1
    assert len(await app.audited("fraud_hold", "fraud_release")) == 2


async def test_a_confirmed_commission_ends_by_an_opposite_entry_for_good(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "60.00", payment="p1")
    view = await place(app, "p1")
    await press(app, view, HoldMove.CONFIRM, "fake_clients")
    gone = {"accrued": "60.00", "clawed_back": "60.00"}
    assert await app.figures("ann") == gone
    await app.refunds("p1", "100.00")
    await app.refunds("p1", "200.00", kind="chargeback")
    assert await app.figures("ann") == gone
    await app.refunds("p1", "200.00", kind="chargeback_won")
    assert await app.figures("ann") == gone
    told = dict(await app.told("ann"))
    assert told["fraud_hold_confirmed"]["minor"] == 6_000
    with pytest.raises(HoldAlreadyDecided) as refused:
        await press(app, view, HoldMove.RELEASE)
    assert refused.value.facts["by_name"] == "Boss"


async def test_what_is_reserved_or_paid_is_not_touched_but_what_returns_is(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "110.00", payment="p1")
    first, second = await app.asks("ann", "50.00"), await app.asks("ann", "50.00")
    await app.presses("boss", first, PayoutMove.SETTLE)
    view = await place(app, "p1")
    assert view.minor == 1_000
    assert await app.figures("ann") == {
        "accrued": "110.00",
        "held": "10.00",
        "reserved": "50.00",
        "paid": "50.00",
    }
    await app.presses("boss", second, PayoutMove.REJECT)
    assert (await app.figures("ann"))["held"] == "60.00"
    await press(app, view, HoldMove.CONFIRM)
    assert await app.figures("ann") == {
        "accrued": "110.00",
        "clawed_back": "60.00",
        "paid": "50.00",
    }
    await app.presses("boss", first, PayoutMove.BRING_BACK)
    assert await app.figures("ann") == {"accrued": "110.00", "clawed_back": "110.00"}


async def test_refunds_and_returns_while_on_hold_keep_the_books_balanced(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "100.00", payment="p1")
    payout = await app.asks("ann", "60.00")
    await app.presses("boss", payout, PayoutMove.SETTLE)
    view = await place(app, "p1")
    await app.refunds("p1", "800.00", kind="chargeback")
    # 20.00 is due by then and 60.00 was paid: the debt is not held.
    assert await app.figures("ann") == {
        "accrued": "100.00",
        "clawed_back": "80.00",
        "payable": "-40.00",
        "paid": "60.00",
    }
    await app.refunds("p1", "700.00", kind="chargeback_won")
    assert (await app.figures("ann"))["held"] == "30.00"
    await press(app, view, HoldMove.RELEASE)
    assert (await app.figures("ann"))["payable"] == "30.00"


async def test_a_commission_that_is_held_anyway_stays_held_when_its_time_comes(app: App) -> None:
    await app.joins("ann", "waiting")
    await app.earns("ann", "20.00", "waiting", payment="p1")
    view = await place(app, "p1")
    app.later(days=20)
    assert await app.use.release_holds() == 1
    assert await app.figures("ann", "waiting") == {"accrued": "20.00", "held": "20.00"}
    await press(app, view, HoldMove.RELEASE)
    assert await app.figures("ann", "waiting") == {"accrued": "20.00", "payable": "20.00"}


async def test_a_held_commission_that_is_confirmed_is_voided_before_its_time(app: App) -> None:
    await app.joins("ann", "waiting")
    await app.earns("ann", "20.00", "waiting", payment="p1")
    await press(app, await place(app, "p1"), HoldMove.CONFIRM)
    assert [row["state"] for row in await app.rows("commissions")] == ["voided"]
    app.later(days=20)
    assert await app.use.release_holds() == 0


async def test_a_barred_partner_is_told_and_cannot_ask_until_staff_release(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "60.00")
    view = await place(app, await app.code_of("ann"))
    with pytest.raises(PayoutOnHold) as refused:
        await app.asks("ann", "50.00")
    assert refused.value.facts["is_confirmed"] is False
    with pytest.raises(PayoutOnHold):
        await app.use.offer_payout(await app.private("ann"))
    await press(app, view, HoldMove.CONFIRM, "rules")
    with pytest.raises(PayoutOnHold) as refused:
        await app.asks("ann", "50.00")
    assert refused.value.facts["is_confirmed"] is True
    with pytest.raises(HoldAlreadyDecided):
        await place(app, await app.code_of("ann"))
    await press(app, view, HoldMove.RELEASE, "verified")
    assert (await app.asks("ann", "50.00")).amount.minor == 5_000
    kinds = [kind for kind, _ in await app.told("ann")]
    assert kinds[-3:] == ["fraud_hold_opened", "fraud_hold_confirmed", "fraud_hold_released"]


async def test_each_role_may_freeze_and_support_may_not_decide(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "60.00", payment="p1")
    await app.staff("sue", StaffRole.SUPPORT)
    held = await app.use.place_fraud_hold(await app.in_chat("sue"), "p1", "odd")
    for move in (HoldMove.RELEASE, HoldMove.CONFIRM):
        decision = HoldDecision(hold_id=held[0].hold.id, move=move)
        with pytest.raises(NotAllowed):
            await app.use.decide_fraud_hold(await app.in_chat("sue"), decision)
        with pytest.raises(NotAllowed):
            await app.use.decide_fraud_hold(await app.private("boss"), decision)
    for name in ("ann", "eve"):
        with pytest.raises(NotAllowed):
            await app.use.list_fraud_holds(await app.in_chat(name))


async def test_nobody_decides_about_a_partner_one_belongs_to(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "60.00", payment="p1")
    view = await place(app, "p1")
    await app.staff("fay", StaffRole.FINANCE)
    await app.becomes_member("fay", of="ann")
    decision = HoldDecision(hold_id=view.hold.id, move=HoldMove.RELEASE)
    with pytest.raises(OwnPayout):
        await app.use.decide_fraud_hold(await app.in_chat("fay"), decision)
    with pytest.raises(OwnPayout):
        await app.use.place_fraud_hold(await app.in_chat("fay"), await app.code_of("ann"), "")


async def test_what_cannot_be_held_is_said(app: App) -> None:
    await app.joins("ann")
    await app.client("zoe")
    await app.pays("zoe", "10.00", payment="p0")
    with pytest.raises(NothingToHold):
        await place(app, "p0")
    with pytest.raises(NotFound):
        await place(app, "nothing")
    with pytest.raises(NotFound):
        await app.use.decide_fraud_hold(
            await app.owner(), HoldDecision(hold_id=4, move=HoldMove.RELEASE)
        )


async def test_a_balance_names_the_check_that_stops_its_pay_outs(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "60.00", payment="p1")
    ann = await app.private("ann")
    assert (await app.use.show_balance(ann)).bar is None
    view = await place(app, await app.code_of("ann"))
    bar = (await app.use.show_balance(ann)).bar
    assert bar is not None
    assert bar.id == view.hold.id
    await press(app, view, HoldMove.RELEASE, "explained")
    assert (await app.use.show_balance(ann)).bar is None


async def test_nobody_is_asked_for_the_reason_of_a_hold_that_cannot_be(app: App) -> None:
    await app.joins("ann")
    owner, code = await app.owner(), await app.code_of("ann")
    with pytest.raises(NotFound) as refused:
        await app.use.place_fraud_hold.check(owner, "nosuch")
    assert refused.value.facts == {"held": "nosuch"}
    with pytest.raises(NotAllowed):
        await app.use.place_fraud_hold.check(await app.in_chat("ann"), code)
    await app.use.place_fraud_hold.check(owner, code)
    assert await app.rows("fraud_holds") == []
    await place(app, code)
    with pytest.raises(HoldAlreadyDecided):
        await app.use.place_fraud_hold.check(owner, code)
