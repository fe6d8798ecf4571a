"""What staff press on a pay-out's card, and the partner taking its request back (R18)."""

from decimal import Decimal

import pytest

from domain.entities.payout import PayoutStatus
from domain.rights import StaffRole
from domain.rules.payouts import PayoutAlreadyDecided, SecondPersonNeeded
from domain.usecases.payouts.decide import PayoutDecision, PayoutMove
from domain.usecases.payouts.request import PayoutRequest
from tests.usecases.app import IBAN, App, usd
from tests.usecases.deciding import APPROVE, BRING_BACK, REJECT, SETTLE, asked, told_leo


async def test_an_approval_moves_no_money_and_tells_staff_only(app: App) -> None:
    payout = await asked(app)
    before = await app.figures("leo")
    approved = await app.presses("olga", payout, APPROVE)
    assert approved == await app.payout(payout)
    assert (approved.status, approved.approved_by) == ("approved", app.id_of("olga"))
    assert (approved.settled_by, approved.settled_at) == (None, None)
    assert await app.figures("leo") == before
    assert await told_leo(app) == []
    assert (await app.told_staff())[-1] == ("payout_changed", {"payout_id": payout.id})


async def test_done_pays_and_tells_the_partner(app: App) -> None:
    payout = await asked(app)
    await app.presses("olga", payout, APPROVE)
    app.later(days=1)
    done = await app.presses("pete", payout, SETTLE)
    assert done == await app.payout(payout)
    assert (done.status, done.approved_by) == ("done", app.id_of("olga"))
    assert (done.settled_by, done.settled_at) == (app.id_of("pete"), app.now)
    assert await app.figures("leo") == {"accrued": "500.00", "payable": "440.00", "paid": "60.00"}
    ((kind, params),) = await told_leo(app)
    assert kind == "payout_done"
    assert (params["payout_id"], params["minor"], params["currency"]) == (payout.id, 6000, "USD")
    assert params["payable_minor"] == 44000


async def test_done_on_a_request_approves_and_settles_in_one_transaction(app: App) -> None:
    payout = await asked(app)
    commits = app.commits
    done = await app.presses("olga", payout, SETTLE)
    assert app.commits == commits + 1
    assert done.status is PayoutStatus.DONE
    assert done.approved_by == done.settled_by == app.id_of("olga")
    (row,) = await app.audited("payout_settle")
    day = app.now.date().isoformat()
    assert row["details"] == {"from": "requested", "to": "done", "paid_on": day}


@pytest.mark.parametrize("is_approved", [False, True])
async def test_a_rejection_gives_the_money_back_and_says_why(app: App, is_approved: bool) -> None:
    payout = await asked(app)
    if is_approved:
        await app.presses("olga", payout, APPROVE)
    rejected = await app.presses("pete", payout, REJECT, "details", "No such IBAN")
    assert (rejected.status, rejected.settled_by) == ("rejected", app.id_of("pete"))
    assert (rejected.reason_code, rejected.reason_text) == ("details", "No such IBAN")
    assert await app.figures("leo") == {"accrued": "500.00", "payable": "500.00"}
    ((kind, params),) = await told_leo(app)
    assert kind == "payout_rejected"
    assert (params["reason_code"], params["reason_text"]) == ("details", "No such IBAN")
    assert params["payable_minor"] == 50000


async def test_a_reason_that_is_not_coded_counts_as_another_one(app: App) -> None:
    payout = await asked(app)
    assert (await app.presses("olga", payout, REJECT, "<b>", "")).reason_code == "other"


async def test_what_the_bank_sends_back_is_payable_again(app: App) -> None:
    payout = await asked(app)
    await app.presses("olga", payout, SETTLE)
    returned = await app.presses("pete", payout, BRING_BACK)
    assert (returned.status, returned.settled_by) == ("returned", app.id_of("pete"))
    assert await app.figures("leo") == {"accrued": "500.00", "payable": "500.00"}
    assert [kind for kind, _ in await told_leo(app)] == ["payout_done", "payout_returned"]
    again = await app.asks("leo", "500.00")
    await app.presses("olga", again, SETTLE)
    assert await app.figures("leo") == {"accrued": "500.00", "paid": "500.00"}


# The partner takes its request back


async def test_a_partner_takes_its_request_back_and_the_money_returns(app: App) -> None:
    payout = await asked(app)
    cancelled = await app.use.cancel_payout(await app.private("leo"), payout.id)
    assert cancelled == await app.payout(payout)
    assert (cancelled.status, cancelled.settled_at) == ("cancelled", app.now)
    assert await app.figures("leo") == {"accrued": "500.00", "payable": "500.00"}
    assert (await app.told_staff())[-1] == ("payout_changed", {"payout_id": payout.id})
    with pytest.raises(PayoutAlreadyDecided):
        await app.use.cancel_payout(await app.private("leo"), payout.id)
    assert await app.owed_to("leo") == "500.00"


@pytest.mark.parametrize("moves", [(APPROVE,), (SETTLE,), (REJECT,), (SETTLE, BRING_BACK)])
async def test_once_staff_decided_a_request_cannot_be_taken_back(
    app: App, moves: tuple[PayoutMove, ...]
) -> None:
    payout = await asked(app)
    for move in moves:
        await app.presses("olga", payout, move)
    before = await app.contents()
    with pytest.raises(PayoutAlreadyDecided) as told:
        await app.use.cancel_payout(await app.private("leo"), payout.id)
    assert told.value.facts["status"] == (await app.payout(payout)).status.value
    assert await app.contents() == before


# Two people


async def test_up_to_the_limit_one_person_is_enough(app: App) -> None:
    app.configures(second_person_above=Decimal(100))
    payout = await asked(app, "100.00")
    assert (await app.presses("olga", payout, SETTLE)).status is PayoutStatus.DONE


async def test_above_the_limit_one_approves_and_another_presses_done(app: App) -> None:
    app.configures(second_person_above=Decimal(100))
    payout = await asked(app, "100.01")
    before = await app.contents()
    with pytest.raises(SecondPersonNeeded) as told:
        await app.presses("olga", payout, SETTLE)
    assert told.value.facts == {"limit": usd("100.00"), "is_approved": False}
    assert await app.contents() == before
    await app.presses("olga", payout, APPROVE)
    before = await app.contents()
    with pytest.raises(SecondPersonNeeded) as told:
        await app.presses("olga", payout, SETTLE)
    assert told.value.facts == {"limit": usd("100.00"), "is_approved": True}
    assert await app.contents() == before
    done = await app.presses("pete", payout, SETTLE)
    assert (done.approved_by, done.settled_by) == (app.id_of("olga"), app.id_of("pete"))


async def test_the_limit_is_in_units_of_each_programs_currency(app: App) -> None:
    app.configures(second_person_above=Decimal("5.50"))
    await app.joins("leo", "waiting")
    await app.earns("leo", "20.00", "waiting")
    app.later(days=14)
    small, large = await app.asks("leo", "5.50"), await app.asks("leo", "5.51")
    assert (await app.presses("boss", small, SETTLE)).status is PayoutStatus.DONE
    with pytest.raises(SecondPersonNeeded):
        await app.presses("boss", large, SETTLE)


# What is written beside


async def test_every_decision_is_audited_with_role_and_states(app: App) -> None:
    first = await asked(app)
    second, third = await app.asks("leo", "70.00"), await app.asks("leo", "80.00")
    await app.staff("mara", StaffRole.MANAGER)
    await app.presses("mara", first, APPROVE)
    await app.presses("olga", first, SETTLE)
    await app.presses("boss", first, BRING_BACK)
    await app.presses("mara", second, REJECT)
    await app.presses("olga", third, SETTLE)
    actions = [f"payout_{move.value}" for move in PayoutMove]
    rows = await app.audited(*actions)
    told = [(r["action"], r["actor"], r["role"], r["subject"], r["details"]) for r in rows]
    mara, olga, boss = (app.id_of(name) for name in ("mara", "olga", "boss"))
    one, two, three = (f"payout:{payout.id}" for payout in (first, second, third))
    paid, other = {"paid_on": app.now.date().isoformat()}, {"reason": "other"}
    assert told == [
        ("payout_approve", mara, "manager", one, {"from": "requested", "to": "approved"}),
        ("payout_settle", olga, "finance", one, {"from": "approved", "to": "done"} | paid),
        ("payout_bring_back", boss, "owner", one, {"from": "done", "to": "returned"} | other),
        ("payout_reject", mara, "manager", two, {"from": "requested", "to": "rejected"} | other),
        ("payout_settle", olga, "finance", three, {"from": "requested", "to": "done"} | paid),
    ]


async def test_each_look_at_the_account_is_audited(app: App) -> None:
    payout = await asked(app)
    for name in ("olga", "boss"):
        account = await app.use.reveal_payout_account(await app.in_chat(name), payout.id)
        assert account == payout.account
    rows = await app.audited("payout_account_seen")
    assert [(row["actor"], row["role"], row["subject"]) for row in rows] == [
        (app.id_of("olga"), "finance", f"payout:{payout.id}"),
        (app.id_of("boss"), "owner", f"payout:{payout.id}"),
    ]


async def _no_space() -> None:
    raise OSError("no space left on device")


async def test_what_is_not_made_durable_leaves_nothing(app: App) -> None:
    payout = await asked(app)
    before = await app.contents()
    use = app.with_commit(_no_space)
    leo, olga = await app.private("leo"), await app.in_chat("olga")
    request = PayoutRequest(amount="70.00", account=IBAN, comment="", request_key="k")
    acts = [
        *(
            use.decide_payout(olga, PayoutDecision(payout_id=payout.id, move=move))
            for move in (APPROVE, SETTLE, REJECT)
        ),
        use.request_payout(leo, request),
        use.cancel_payout(leo, payout.id),
        use.reveal_payout_account(olga, payout.id),
    ]
    for act in acts:
        with pytest.raises(OSError, match="no space"):
            await act
    assert await app.contents() == before
