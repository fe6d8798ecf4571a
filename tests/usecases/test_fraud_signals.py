"""Signs of fraud: what opens a hold by itself and what is only noted (R4)."""

from datetime import timedelta

import pytest

from domain.entities.fraud import HoldScope, HoldStatus, SignalKind
from domain.rights import MemberRole
from domain.rules.holds import HoldAlreadyDecided
from domain.rules.payouts import PayoutOnHold
from domain.usecases.fraud.decide import HoldMove
from domain.usecases.payouts.decide import PayoutMove
from tests.usecases.app import App
from tests.usecases.holding import press, waiting


async def test_a_self_referral_is_kept_marked_and_earns_until_staff_say_otherwise(
    app: App,
) -> None:
    await app.joins("ann")
    answer = await app.client("c1", by="ann", owner_account_id="acc-ann")
    assert answer.reason == "self_referral"
    await app.pays("c1", "100.00")
    (view,) = await waiting(app)
    assert view.hold.scope is HoldScope.REGISTRATION
    assert [signal.details for signal in view.signals] == [{"traits": ["account"]}]
    assert view.client_name == "C1"
    assert await app.figures("ann") == {}
    await press(app, view, HoldMove.RELEASE, "mistake")
    await app.pays("c1", "100.00")
    # What was paid before stays as it was judged then; from then on the partner earns.
    assert await app.figures("ann") == {"accrued": "10.00", "payable": "10.00"}
    assert [row["to_enrolment_id"] for row in await app.rows("referral_moves")] == [
        (await app.enrolment("ann")).id
    ]


async def test_a_confirmed_self_referral_stays_as_it_was(app: App) -> None:
    await app.joins("ann")
    await app.client("c1", by="ann", owner_account_id="acc-ann")
    (view,) = await waiting(app)
    done = await press(app, view, HoldMove.CONFIRM, "self_dealing")
    assert done.hold.status is HoldStatus.CONFIRMED
    await app.pays("c1", "100.00")
    assert await app.figures("ann") == {}
    assert await waiting(app) == []


async def test_one_account_of_two_partners_is_shown_to_staff_and_found_once(app: App) -> None:
    for name in ("ann", "bob"):
        await app.joins(name)
        await app.earns(name, "120.00")
    await app.asks("ann", "50.00", account="DE02 1203 0000 0000 2020 51")
    await app.asks("bob", "50.00", account="de02120300000000202051")
    assert [kind for kind, _ in await app.told("bob")][-1] != "fraud_hold_opened"
    (view,) = await waiting(app)
    assert [signal.kind.value for signal in view.signals] == ["shared_account"]
    assert view.hold.status is HoldStatus.NOTED
    await press(app, view, HoldMove.HOLD)
    with pytest.raises(PayoutOnHold):
        await app.asks("bob", "50.00", account="DE02 1203 0000 0000 2020 51")
    await press(app, view, HoldMove.RELEASE)
    await app.asks("bob", "50.00", account="DE02 1203 0000 0000 2020 51")
    assert "DE02" not in str(await app.rows("account_marks"))


async def test_a_takeover_is_stopped_and_first_details_are_free(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "200.00")
    await app.becomes_member("eve", of="ann", role=MemberRole.ADMIN)
    # New member, first details: no hold.
    await app.asks("ann", "50.00", account="first account 1111")
    app.later(hours=24)
    with pytest.raises(PayoutOnHold):
        await app.asks("eve", "50.00", account="another one 2222")
    (view,) = await waiting(app)
    assert [signal.kind.value for signal in view.signals] == ["payout_takeover"]
    told = [kind for kind, _ in await app.told("ann")]
    assert told[-1] == "fraud_hold_opened"


async def test_changed_details_without_a_new_member_are_free(app: App) -> None:
    await app.joins("ann")
    await app.earns("ann", "200.00")
    await app.becomes_member("mia", of="ann", role=MemberRole.ADMIN)
    await app.asks("ann", "50.00", account="first account 1111")
    app.later(hours=73)
    await app.asks("ann", "50.00", account="another one 2222")
    assert await waiting(app) == []


async def test_refunds_of_three_clients_after_the_pay_out_open_a_hold(app: App) -> None:
    await app.joins("ann")
    for number in range(3):
        await app.client(f"c{number}", by="ann")
        await app.pays(f"c{number}", "200.00", payment=f"p{number}")
    payout = await app.asks("ann", "60.00")
    await app.presses("boss", payout, PayoutMove.SETTLE)
    for number in range(3):
        assert await waiting(app) == []
        await app.refunds(f"p{number}", "200.00")
    (view,) = await waiting(app)
    assert len(view.signals) == 3
    assert view.hold.status is HoldStatus.OPEN


async def test_two_weak_signs_of_different_kinds_open_what_one_only_notes(app: App) -> None:
    for number in range(5):
        name = f"peer{number}"
        await app.joins(name)
        await app.earns(name, "60.00")
        await app.asks(name, "50.00", account=f"account 3333 of {name}")
    await app.joins("ann")
    await app.earns("ann", "900.00")
    payout = await app.asks("ann", "800.00", account="account 3333 of ann")
    assert payout.amount.minor == 80_000
    (view,) = await waiting(app)
    assert view.hold.status is HoldStatus.NOTED
    assert [kind for kind, _ in await app.told("ann")][-1] != "fraud_hold_opened"
    held = await press(app, view, HoldMove.HOLD)
    assert held.hold.status is HoldStatus.OPEN
    with pytest.raises(HoldAlreadyDecided):
        await press(app, view, HoldMove.HOLD)


async def test_last_second_clicks_are_noted_when_they_make_a_pattern(app: App) -> None:
    await app.joins("ann")
    code = await app.code_of("ann")
    for number in range(5):
        await app.reports(
            "click.recorded",
            click_id=f"click{number}",
            code=code,
            clicked_at="2026-03-02T09:58:00Z",
            visitor_id=f"v{number}",
        )
        await app.client(f"c{number}", visitor_id=f"v{number}")
        await app.pays(f"c{number}", "10.00")
        assert len(await waiting(app)) == (number == 4)
    (view,) = await waiting(app)
    assert view.hold.status is HoldStatus.NOTED
    assert {signal.details["seconds"] for signal in view.signals} == {120}
    assert len(await app.rows("signals", kind=SignalKind.LAST_SECOND)) == 5


async def test_the_scan_finds_a_flood_once_a_day(app: App) -> None:
    from domain.usecases.clicks.follow import Visit

    await app.joins("ann")
    code = await app.code_of("ann")
    await app.use.record_visits([Visit(code, app.now)] * 600)
    assert await app.use.scan_for_fraud() == 1
    assert await app.use.scan_for_fraud() == 0
    app.now += timedelta(hours=1)
    assert await app.use.scan_for_fraud() == 0
    (view,) = await waiting(app)
    assert view.signals[0].details == {"clicks": 600, "came": 0}


async def test_the_scan_finds_refunds_out_of_proportion(app: App) -> None:
    for name in ("ann", "bob"):
        await app.joins(name)
        await app.client(f"of-{name}", by=name)
        for number in range(10):
            await app.pays(f"of-{name}", "100.00", payment=f"{name}{number}")
    await app.refunds("bob0", "20.00")
    for number in range(4):
        await app.refunds(f"ann{number}", "100.00")
    assert await app.use.scan_for_fraud() == 1
    (view,) = await waiting(app)
    assert view.partner_name == "Ann"
    assert view.hold.status is HoldStatus.OPEN
