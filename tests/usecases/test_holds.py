"""Held commissions: what has ended is released before any read of the balance (R14)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from domain.entities.payment import CommissionState
from domain.intake import holds
from domain.money import Money
from domain.rules.payouts import PayoutAboveBalance, PayoutBelowMinimum
from domain.usecases.payouts.decide import PayoutMove
from handlers.ui.language import Language
from handlers.ui.payout_card import payout_card
from tests.domain.builders import saas_tiers
from tests.usecases.app import START, WAITING, App

END = START + timedelta(days=14)
SECOND = timedelta(seconds=1)
HELD = {"accrued": "10.00", "held": "10.00"}
RELEASED = {"accrued": "10.00", "payable": "10.00"}


async def _earned(app: App, name: str = "leo") -> None:
    """Let a partner of WAITING earn 10.00 EUR that are held until END."""
    await app.joins(name, "waiting")
    await app.earns(name, "10.00", "waiting", payment=f"p-{name}")


async def test_what_is_held_cannot_be_asked_for(app: App) -> None:
    await _earned(app)
    app.now = END - timedelta(microseconds=1)
    assert await app.figures("leo", None) == HELD
    with pytest.raises(PayoutBelowMinimum) as told:
        await app.use.offer_payout(await app.private("leo"))
    assert told.value.facts["payable"] == Money(0, "EUR")
    with pytest.raises(PayoutAboveBalance) as above:
        await app.asks("leo", "5.00")
    assert above.value.facts == {"asked": Money(500, "EUR"), "payable": Money(0, "EUR")}
    assert await app.use.release_holds() == 0
    assert await app.figures("leo", None) == HELD


async def _balance(app: App) -> str:
    view = await app.use.show_balance(await app.private("leo"))
    return str(Money(view.sheet.payable, "EUR"))


async def _offer(app: App) -> str:
    return str((await app.use.offer_payout(await app.private("leo"))).payable)


async def _overview(app: App) -> str:
    overview = await app.use.report_partner.overview(await app.code_of("leo", None))
    assert overview
    return str(Money(overview.sheet.payable, "EUR"))


async def _found(app: App) -> str:
    file = await app.use.find_partner(await app.owner(), await app.code_of("leo", None))
    overview = file.overview
    return str(Money(overview.sheet.payable, "EUR"))


async def _commissions(app: App) -> str:
    page = await app.use.report_partner.commissions(await app.code_of("leo", None), None, 10)
    assert page
    (view,) = page.rows
    is_payable = view.commission.status == "payable"
    return str(Money(view.commission.left if is_payable else 0, "EUR"))


async def _request(app: App) -> str:
    return str((await app.asks("leo", "10.00")).amount)


READS: dict[str, Callable[[App], Awaitable[str]]] = {
    "balance": _balance,
    "offer": _offer,
    "overview": _overview,
    "staff": _found,
    "commissions": _commissions,
    "request": _request,
}


@pytest.mark.parametrize("read", READS)
async def test_every_read_of_the_balance_releases_first_at_the_very_instant(
    app: App, read: str
) -> None:
    await _earned(app)
    app.now = END
    assert await app.figures("leo", None) == HELD
    assert await READS[read](app) == "10.00"
    (released,) = await app.rows("entries", kind="commission_released")
    assert (released["occurred_at"], released["recorded_at"]) == (END, END)
    assert (await app.rows("commissions"))[0]["state"] is CommissionState.PAYABLE


@pytest.mark.parametrize("read", ["balance", "overview", "staff"])
async def test_a_moment_before_a_read_releases_nothing(app: App, read: str) -> None:
    await _earned(app)
    app.now = END - timedelta(microseconds=1)
    before = await app.contents()
    assert await READS[read](app) == "0.00"
    assert await app.contents(but=("people",)) == before


async def test_the_job_releases_for_everybody_and_once(app: App) -> None:
    for name in ("leo", "mia"):
        await _earned(app, name)
    app.later(days=1)
    await app.earns("leo", "3.00", "waiting")
    app.now = END
    assert await app.use.release_holds() == 2
    assert await app.use.release_holds() == 0
    assert await app.figures("leo", None) == {
        "accrued": "13.00",
        "held": "3.00",
        "payable": "10.00",
    }
    assert await app.figures("mia", None) == RELEASED
    app.later(days=1)
    assert await app.use.release_holds() == 1


async def test_one_partners_read_leaves_the_holds_of_others(app: App) -> None:
    for name in ("leo", "mia"):
        await _earned(app, name)
    app.now = END
    assert await _balance(app) == "10.00"
    assert await app.figures("mia", None) == HELD


async def test_a_payment_that_arrives_after_its_hold_is_payable_at_once(app: App) -> None:
    await app.joins("leo", "waiting")
    await app.client("ann", by="leo", program="waiting")
    paid_at = START.isoformat().replace("+00:00", "Z")
    for now, payable in ((END - SECOND, "0.00"), (END, "10.00")):
        app.now = now
        await app.pays("ann", "100.00", currency="EUR", paid_at=paid_at)
        assert await app.owed_to("leo", None) == payable


@pytest.mark.parametrize(
    ("refunded_at", "state", "kinds"),
    [
        (END - SECOND, CommissionState.VOIDED, ["commission_clawed_back"]),
        (END, CommissionState.PAYABLE, ["commission_released", "commission_clawed_back"]),
        (END + SECOND, CommissionState.PAYABLE, ["commission_released", "commission_clawed_back"]),
    ],
)
async def test_a_full_refund_around_the_end_of_the_hold(
    app: App, refunded_at: object, state: CommissionState, kinds: list[str]
) -> None:
    await _earned(app)
    app.now = refunded_at  # type: ignore[assignment]
    await app.refunds("p-leo", "100.00")
    assert await app.figures("leo", None) == {"accrued": "10.00", "clawed_back": "10.00"}
    (commission,) = await app.rows("commissions")
    assert commission["state"] is state
    entries = await app.rows("entries")
    assert [row["kind"] for row in entries] == ["commission_accrued", *kinds]
    app.now = END + timedelta(days=1)
    assert await app.use.release_holds() == 0


async def test_a_partial_refund_while_held_releases_the_rest(app: App) -> None:
    await _earned(app)
    app.later(days=13)
    await app.refunds("p-leo", "33.33")
    assert await app.figures("leo", None) == {
        "accrued": "10.00",
        "held": "6.67",
        "clawed_back": "3.33",
    }
    app.now = END
    assert await _balance(app) == "6.67"


async def test_what_the_partner_collected_itself_never_becomes_payable(app: App) -> None:
    await app.joins("leo", "waiting")
    await app.client("ann", by="leo", program="waiting")
    await app.pays("ann", "100.00", currency="EUR", settlement="via_partner")
    app.now = END
    assert await app.use.release_holds() == 0
    assert await app.figures("leo", None) == {"retained": "50.00"}


async def test_what_is_held_is_released_also_when_the_program_has_no_hold_any_more(
    app: App,
) -> None:
    await _earned(app)
    app.offers(saas_tiers(), replace(WAITING, hold_days=0, version=3))
    app.now = END - SECOND
    assert await _balance(app) == "0.00"
    app.now = END
    assert await _balance(app) == "10.00"
    await _earned(app, "mia")
    assert await app.owed_to("mia", None) == "10.00"


# Money that was paid out already


async def test_the_card_of_a_request_tells_of_a_debt_that_came_after_it(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "60.00", payment="p-1")
    payout = await app.asks("leo", "60.00")
    before = await app.use.show_payout_card(payout.id)
    await app.refunds("p-1", "400.00")
    after = await app.use.show_payout_card(payout.id)
    assert before is not None
    assert after is not None
    assert (before.debt_minor, after.debt_minor) == (0, 4000)
    card = payout_card(Language("en", UTC), after)
    assert "balance is <b>40.00 USD</b> below zero" in str(card.text)
    await app.presses("boss", payout, PayoutMove.REJECT)
    rejected = await app.use.show_payout_card(payout.id)
    assert rejected is not None
    assert rejected.debt_minor == 0


async def test_a_refund_of_paid_money_makes_the_balance_negative_and_earnings_fill_it(
    app: App,
) -> None:
    await app.joins("leo")
    await app.earns("leo", "60.00", payment="p-1")
    payout = await app.asks("leo", "60.00")
    await app.presses("boss", payout, PayoutMove.SETTLE)
    await app.refunds("p-1", "600.00")
    paid = {"accrued": "60.00", "paid": "60.00", "clawed_back": "60.00"}
    assert await app.figures("leo") == paid | {"payable": "-60.00"}
    app.later(days=1)
    await app.earns("leo", "100.00", payment="p-2")
    assert await app.owed_to("leo") == "40.00"
    with pytest.raises(PayoutBelowMinimum):
        await app.use.offer_payout(await app.private("leo"))
    with pytest.raises(PayoutAboveBalance):
        await app.asks("leo", "50.00")
    app.later(days=1)
    await app.earns("leo", "20.00", payment="p-3")
    again = await app.asks("leo", "60.00")
    # The debt was covered by the older of the two, which leaves 40.00 of it.
    parts = {part["minor"] for part in await app.rows("payout_parts", payout_id=again.id)}
    assert parts == {4000, 2000}
    assert await app.owed_to("leo") == "0.00"
    await app.presses("boss", again, PayoutMove.SETTLE)
    assert await app.figures("leo") == {
        "accrued": "180.00",
        "paid": "120.00",
        "clawed_back": "60.00",
    }


async def test_a_refund_while_reserved_is_owed_when_the_request_is_rejected(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "60.00", payment="p-1")
    payout = await app.asks("leo", "60.00")
    await app.refunds("p-1", "150.00")
    assert await app.figures("leo") == {
        "accrued": "60.00",
        "payable": "-15.00",
        "reserved": "60.00",
        "clawed_back": "15.00",
    }
    await app.presses("boss", payout, PayoutMove.REJECT)
    assert await app.owed_to("leo") == "45.00"


async def test_more_than_a_batch_is_released_before_it_is_asked_for(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holds, "BATCH_SIZE", 2)
    await app.joins("leo", "waiting")
    for _ in range(5):
        await app.earns("leo", "1.00", "waiting")
    app.now = END

    await app.asks("leo", "5.00")

    assert await app.figures("leo", None) == {"accrued": "5.00", "reserved": "5.00"}
    assert {row["state"] for row in await app.rows("commissions")} == {CommissionState.PAYABLE}
