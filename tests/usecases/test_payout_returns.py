"""Taking a rejection back, the bank's date, and money that the bank sends back (R18, R19)."""

import asyncio
from datetime import timedelta

import pytest

from domain.entities.partner import EnrolmentStatus
from domain.entities.payout import Payout, PayoutStatus
from domain.rights import StaffRole
from domain.rules.paid_days import BadPaidDay
from domain.rules.payouts import (
    OwnPayout,
    PartnerNotActive,
    PayoutAboveBalance,
    PayoutAlreadyDecided,
    PayoutNotReopened,
)
from domain.usecases.payouts.decide import PayoutDecision, PayoutMove
from tests.usecases.app import App

APPROVE, SETTLE = PayoutMove.APPROVE, PayoutMove.SETTLE
REJECT, REOPEN, BRING_BACK = PayoutMove.REJECT, PayoutMove.REOPEN, PayoutMove.BRING_BACK


async def _rejected(app: App, *before: PayoutMove, amount: str = "60.00") -> Payout:
    """Let Leo have 100.00, ask for some of it, and let Olga reject that."""
    await app.joins("leo")
    await app.earns("leo", "100.00", payment="first")
    await app.staff("olga", StaffRole.FINANCE)
    await app.staff("pete", StaffRole.FINANCE)
    payout = await app.asks("leo", amount)
    app.later(hours=1)
    for move in (*before, REJECT):
        await app.presses("olga", payout, move)
    app.later(minutes=5)
    return payout


@pytest.mark.parametrize("before", [(), (APPROVE,)])
async def test_a_rejection_taken_back_reserves_the_same_money_again(
    app: App, before: tuple[PayoutMove, ...]
) -> None:
    payout = await _rejected(app, *before)
    commissions = await app.rows("commissions")
    reopened = await app.presses("pete", payout, REOPEN)
    assert reopened == await app.payout(payout)
    assert reopened.status.value == ("approved" if before else "requested")
    assert (reopened.settled_by, reopened.settled_at, reopened.reason_code) == (None, None, None)
    assert await app.figures("leo") == {
        "accrued": "100.00",
        "payable": "40.00",
        "reserved": "60.00",
    }
    assert [row["reserved"] for row in await app.rows("commissions")] == [6000]
    assert [row["reserved"] for row in commissions] == [0]
    kinds = [row["kind"] for row in await app.rows("entries", payout_id=payout.id)]
    assert kinds == ["payout_reserved", "payout_released", "payout_reopened"]
    entry = (await app.rows("entries", payout_id=payout.id))[-1]
    assert entry["actor"] == app.id_of("pete")
    (row,) = await app.audited("payout_reopen")
    assert row["details"] == {"from": "rejected", "to": reopened.status.value}
    told = [kind for kind, _ in await app.told("leo") if kind.startswith("payout")]
    assert told == ["payout_rejected", "payout_reopened"]
    done = await app.presses("pete", payout, SETTLE)
    assert done.status is PayoutStatus.DONE
    assert await app.figures("leo") == {"accrued": "100.00", "payable": "40.00", "paid": "60.00"}


async def test_it_can_be_rejected_and_taken_back_again(app: App) -> None:
    payout = await _rejected(app)
    for _ in range(2):
        await app.presses("pete", payout, REOPEN)
        await app.presses("olga", payout, REJECT)
    assert await app.figures("leo") == {"accrued": "100.00", "payable": "100.00"}


async def test_the_card_says_whether_a_rejection_can_be_taken_back(app: App) -> None:
    payout = await _rejected(app)
    view = await app.use.show_payout_card(payout.id)
    assert view
    assert view.can_reopen
    app.later(minutes=10, seconds=1)
    view = await app.use.show_payout_card(payout.id)
    assert view
    assert not view.can_reopen


async def _refused(app: App, payout: Payout, why: str) -> dict[str, object]:
    before = await app.contents()
    with pytest.raises(PayoutNotReopened) as told:
        await app.presses("pete", payout, REOPEN)
    assert told.value.facts["why"] == why
    assert await app.contents() == before
    return told.value.facts


async def test_after_a_quarter_of_an_hour_it_stands(app: App) -> None:
    payout = await _rejected(app)
    app.later(minutes=10, seconds=1)
    await _refused(app, payout, "too_late")


async def test_it_stands_when_the_partner_asked_anew_even_with_enough_left(app: App) -> None:
    payout = await _rejected(app)
    await app.earns("leo", "500.00")
    await app.asks("leo", "70.00")
    await _refused(app, payout, "asked_anew")


async def test_it_stands_when_the_money_was_taken_back(app: App) -> None:
    payout = await _rejected(app)
    await app.refunds("first", "500.00")
    facts = await _refused(app, payout, "money_gone")
    assert str(facts["payable"]) == "50.00"


async def test_it_stands_when_another_commission_only_has_the_money(app: App) -> None:
    payout = await _rejected(app)
    await app.refunds("first", "1000.00")
    await app.earns("leo", "100.00")
    await _refused(app, payout, "money_gone")


async def test_a_suspended_partner_is_not_paid_by_the_back_door(app: App) -> None:
    payout = await _rejected(app)
    await app.sets_status("leo", EnrolmentStatus.SUSPENDED)
    before = await app.contents()
    with pytest.raises(PartnerNotActive):
        await app.presses("pete", payout, REOPEN)
    assert await app.contents() == before


async def test_only_what_is_rejected_can_be_taken_back(app: App) -> None:
    payout = await _rejected(app)
    await app.presses("pete", payout, REOPEN)
    with pytest.raises(PayoutAlreadyDecided):
        await app.presses("pete", payout, REOPEN)
    await app.becomes_member("olga", of="leo")
    await app.presses("pete", payout, REJECT)
    with pytest.raises(OwnPayout):
        await app.presses("olga", payout, REOPEN)


async def test_of_taking_back_and_asking_anew_at_once_one_gets_the_money(app: App) -> None:
    payout = await _rejected(app)
    came = await asyncio.gather(
        app.presses("olga", payout, REOPEN),
        app.presses("pete", payout, REOPEN),
        app.asks("leo", "60.00"),
        return_exceptions=True,
    )
    refusals = (PayoutNotReopened, PayoutAlreadyDecided, PayoutAboveBalance)
    assert sum(isinstance(one, Payout) for one in came) == 1
    assert sum(isinstance(one, refusals) for one in came) == 2
    assert (await app.figures("leo"))["reserved"] == "60.00"


# The bank's date


async def _settled(app: App, payout: Payout, days_ago: int) -> Payout:
    day = app.now.date() - timedelta(days=days_ago)
    decision = PayoutDecision(payout_id=payout.id, move=SETTLE, paid_on=day)
    return (await app.use.decide_payout(await app.in_chat("olga"), decision)).payout


async def _waiting(app: App) -> Payout:
    await app.joins("leo")
    await app.earns("leo", "100.00")
    await app.staff("olga", StaffRole.FINANCE)
    payout = await app.asks("leo", "60.00")
    app.later(days=3)
    return payout


async def test_done_today_unless_another_day_is_named(app: App) -> None:
    payout = await _waiting(app)
    done = await app.presses("olga", payout, SETTLE)
    assert (done.paid_on, done.settled_at) == (app.now.date(), app.now)


async def test_done_on_another_day_keeps_both_days_apart(app: App) -> None:
    payout = await _waiting(app)
    done = await _settled(app, payout, 2)
    assert done == await app.payout(payout)
    assert done.paid_on == app.now.date() - timedelta(days=2)
    assert done.settled_at == app.now
    entry = (await app.rows("entries", payout_id=payout.id))[-1]
    assert entry["occurred_at"].date() == done.paid_on
    assert entry["recorded_at"] == app.now
    (kind, params) = (await app.told("leo"))[-1]
    assert (kind, params["paid_on"]) == ("payout_done", str(done.paid_on))
    (row,) = await app.audited("payout_settle")
    assert row["details"]["paid_on"] == str(done.paid_on)


@pytest.mark.parametrize("days_ago", [-1, 4])
async def test_no_money_was_sent_before_the_request_or_tomorrow(app: App, days_ago: int) -> None:
    payout = await _waiting(app)
    before = await app.contents()
    with pytest.raises(BadPaidDay) as told:
        await _settled(app, payout, days_ago)
    assert told.value.facts["latest"] == app.now.date()
    assert await app.contents() == before


async def test_a_return_has_a_reason_and_words_for_the_partner(app: App) -> None:
    payout = await _waiting(app)
    await app.presses("olga", payout, SETTLE)
    returned = await app.presses("olga", payout, BRING_BACK, "account_closed", "Closed in May")
    assert (returned.reason_code, returned.reason_text) == ("account_closed", "Closed in May")
    (kind, params) = (await app.told("leo"))[-1]
    assert (kind, params["reason_code"]) == ("payout_returned", "account_closed")
    (row,) = await app.audited("payout_bring_back")
    assert row["details"] == {"from": "done", "to": "returned", "reason": "account_closed"}


async def test_who_approved_and_who_paid_are_named_on_the_card(app: App) -> None:
    payout = await _waiting(app)
    await app.presses("olga", payout, APPROVE)
    await app.presses("boss", payout, SETTLE)
    view = await app.use.show_payout_card(payout.id)
    assert view
    assert (view.approved_by_name, view.settled_by_name) == ("Olga", "Boss")
