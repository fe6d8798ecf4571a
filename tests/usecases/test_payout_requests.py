"""Asking for a pay-out: refusals with their facts, the reservation, oldest first (R18, R19)."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from domain.access import NotAPartner
from domain.entities.partner import EnrolmentStatus
from domain.entities.payout import PayoutStatus
from domain.errors import DomainError
from domain.money import BadAmount
from domain.rights import StaffRole
from domain.rules.payout_ibans import BadPayoutAccount
from domain.rules.payouts import (
    PartnerNotActive,
    PayoutAboveBalance,
    PayoutBelowMinimum,
    VendorAccountMissing,
)
from domain.usecases.payouts.decide import PayoutMove
from domain.usecases.payouts.offer import read_account, read_amount
from tests.usecases.app import IBAN, App, usd


async def test_an_offer_tells_how_much_may_be_asked_for(app: App) -> None:
    enrolment = await app.joins("leo")
    await app.earns("leo", "50.00")
    offer = await app.use.offer_payout(await app.private("leo"))
    assert (offer.enrolment_id, offer.payable) == (enrolment.id, usd("50.00"))
    assert offer.minimum == usd("50.00")


async def test_below_the_minimum_nothing_is_offered(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "49.99")
    with pytest.raises(PayoutBelowMinimum) as told:
        await app.use.offer_payout(await app.private("leo"))
    facts = {"asked": usd("49.99"), "minimum": usd("50.00"), "payable": usd("49.99")}
    assert told.value.facts == facts
    await app.earns("leo", "0.01")
    assert (await app.use.offer_payout(await app.private("leo"))).payable == usd("50.00")


async def test_a_typed_amount_is_read_and_checked_against_the_offer(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "1234.56")
    offer = await app.use.offer_payout(await app.private("leo"))
    for text in ("1234.56", " 1 234,56 ", "1\u00a0234.56"):
        assert read_amount(offer, text) == usd("1234.56")
    for text, refusal in (
        ("1234.57", PayoutAboveBalance),
        ("49.99", PayoutBelowMinimum),
        ("1.234,56", BadAmount),
        ("٥٠", BadAmount),
        ("", BadAmount),
    ):
        with pytest.raises(refusal):
            read_amount(offer, text)
    assert read_account("  DE02  1203\n0000 ") == "DE02 1203 0000"
    with pytest.raises(BadPayoutAccount):
        read_account("abc")


@dataclass(frozen=True)
class Refused:
    """A confirmation that must be refused, and what the partner is told."""

    name: str
    refusal: type[DomainError]
    facts: dict[str, object]
    amount: str = "50.00"
    account: str = IBAN


def _bad(amount: str, problem: str) -> Refused:
    facts = {"text": amount, "currency": "USD", "decimals": 2, "problem": problem}
    return Refused(f"amount {amount!r}", BadAmount, facts, amount=amount)


_MIN, _ALL = usd("50.00"), usd("100.00")
_SIGNS: dict[str, object] = {"why": "signs", "least": 4, "most": 200}
REFUSED = [
    Refused(
        "below the minimum",
        PayoutBelowMinimum,
        {"asked": usd("49.99"), "minimum": _MIN, "payable": _ALL},
        amount="49.99",
    ),
    Refused(
        "above the balance",
        PayoutAboveBalance,
        {"asked": usd("100.01"), "payable": _ALL},
        amount="100.01",
    ),
    *(_bad(amount, "format") for amount in ("", "-60", "60,00", "1e2", "NaN", " 60", "６０")),
    _bad("60.001", "decimals"),
    _bad("0.00", "zero"),
    _bad("10000000000000.00", "too_large"),
    *(
        Refused(f"account {account!r}", BadPayoutAccount, _SIGNS, account=account)
        for account in ("", "   ", "abc", "a" * 201, "DE02\x001203", "DE\u202e02 1203")
    ),
    Refused("hello", BadPayoutAccount, {"why": "digits", "least": 4}, account="hello"),
    Refused("wrong", BadPayoutAccount, {"why": "iban_check"}, account=IBAN.replace("02", "03", 1)),
]


async def test_what_cannot_be_asked_for_is_refused_with_its_facts(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "100.00")
    before = await app.contents()
    for case in REFUSED:
        with pytest.raises(DomainError) as told:
            await app.asks("leo", case.amount, account=case.account)
        assert (type(told.value), told.value.facts) == (case.refusal, case.facts), case.name
    assert await app.contents() == before


async def test_without_its_own_account_a_partner_earns_and_is_not_paid(app: App) -> None:
    await app.joins("leo", account=False)
    await app.earns("leo", "100.00")
    before = await app.contents()
    for ask in _both_doors(app):
        with pytest.raises(VendorAccountMissing):
            await ask()
    assert await app.contents() == before
    await app.joins("leo")
    assert (await app.asks("leo", "100.00")).status is PayoutStatus.REQUESTED


@pytest.mark.parametrize("status", [EnrolmentStatus.SUSPENDED, EnrolmentStatus.ENDED])
async def test_a_partner_that_takes_no_part_is_not_paid(app: App, status: EnrolmentStatus) -> None:
    await app.joins("leo")
    await app.earns("leo", "100.00")
    await app.sets_status("leo", status)
    before = await app.contents()
    for ask in _both_doors(app):
        with pytest.raises(PartnerNotActive) as told:
            await ask()
        assert told.value.facts["status"] == status.value
    assert await app.contents() == before
    await app.sets_status("leo", EnrolmentStatus.ACTIVE)
    await app.asks("leo", "100.00")


def _both_doors(app: App) -> tuple[Callable[[], Awaitable[object]], ...]:
    async def offer() -> object:
        return await app.use.offer_payout(await app.private("leo"))

    return offer, lambda: app.asks("leo", "60.00")


async def test_the_money_is_reserved_at_once_and_staff_get_a_card(app: App) -> None:
    enrolment = await app.joins("leo")
    await app.earns("leo", "100.00")
    app.later(hours=1)
    commits = app.commits
    payout = await app.asks("leo", "60.00", comment="for March")
    assert app.commits == commits + 1
    assert await app.figures("leo") == {
        "accrued": "100.00",
        "payable": "40.00",
        "reserved": "60.00",
    }
    assert await app.payout(payout) == payout
    assert (payout.enrolment_id, payout.amount) == (enrolment.id, usd("60.00"))
    assert (payout.status, payout.account, payout.comment) == ("requested", IBAN, "for March")
    assert (payout.requested_by, payout.requested_at) == (app.id_of("leo"), app.now)
    assert await app.told_staff() == [("payout_requested", {"payout_id": payout.id})]
    card = await app.use.show_payout_card(payout.id)
    assert card
    assert (card.payout, card.partner_name, card.code) == (payout, "Leo", enrolment.code)
    assert card.payout.status.shown == "processing"


async def test_the_account_to_pay_to_is_unreadable_in_the_tables(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "100.00")
    await app.asks("leo", "60.00")
    everything = str(await app.contents(but=()))
    assert "2020 51" not in everything
    assert "0000 0000" not in everything


async def test_the_oldest_commissions_are_spent_first(app: App) -> None:
    await app.joins("leo")
    for payment, amount in (
        ("p-1", "30.00"),
        ("p-2", "40.00"),
        ("p-3", "50.00"),
        ("p-4", "10.00"),
    ):
        app.later(days=1)
        await app.earns("leo", amount, payment=payment)
    first = await app.asks("leo", "80.00")
    second = await app.asks("leo", "50.00")
    assert await _parts(app, first.id) == {"p-1": 3000, "p-2": 4000, "p-3": 1000}
    assert await _parts(app, second.id) == {"p-3": 4000, "p-4": 1000}
    assert await app.figures("leo") == {"accrued": "130.00", "reserved": "130.00"}


async def test_of_two_made_in_one_moment_the_earlier_id_is_spent_first(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "60.00", payment="p-1")
    await app.earns("leo", "60.00", payment="p-2")
    payout = await app.asks("leo", "70.00")
    assert await _parts(app, payout.id) == {"p-1": 6000, "p-2": 1000}


async def _parts(app: App, payout_id: int) -> dict[str, int]:
    payments = {row["id"]: row["payment_id"] for row in await app.rows("payments")}
    names = {row["id"]: payments[row["payment_id"]] for row in await app.rows("commissions")}
    parts = await app.rows("payout_parts", payout_id=payout_id)
    return {names[part["commission_id"]]: part["minor"] for part in parts}


async def test_a_confirmation_pressed_again_is_the_same_request(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "200.00")
    first = await app.asks("leo", "60.00", key="k")
    before = await app.contents()
    app.later(hours=1)
    again = await app.asks("leo", "60.00", key="k")
    assert again == first
    assert await app.contents() == before
    twice = await asyncio.gather(*(app.asks("leo", "70.00", key="k-2") for _ in range(3)))
    assert len({payout.id for payout in twice}) == 1
    assert len(await app.rows("payouts")) == 2
    found = await app.use.find_requested_payout(await app.private("leo"), "k")
    assert found == first


async def test_a_confirmation_is_found_again_whatever_came_of_it(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "60.00")
    payout = await app.asks("leo", "60.00", key="k")
    await app.presses("boss", payout, PayoutMove.REJECT)
    assert (await app.asks("leo", "60.00", key="k")).status is PayoutStatus.REJECTED
    assert len(await app.rows("payouts")) == 1


async def test_two_members_at_once_never_reserve_the_same_money(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "100.00")
    asked = await asyncio.gather(
        *(app.asks("leo", "60.00") for _ in range(4)), return_exceptions=True
    )
    refused = [one for one in asked if isinstance(one, PayoutAboveBalance)]
    assert len(refused) == 3
    assert refused[0].facts == {"asked": usd("60.00"), "payable": usd("40.00")}
    assert await app.owed_to("leo") == "40.00"


async def test_several_requests_may_be_open_at_once(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "110.00")
    for amount in ("50.00", "60.00"):
        await app.asks("leo", amount)
    page = await app.use.list_payouts(await app.private("leo"))
    assert [view.payout.amount for view in page.rows] == [usd("60.00"), usd("50.00")]
    assert await app.owed_to("leo") == "0.00"


async def test_each_program_is_asked_for_itself(app: App) -> None:
    await app.joins("leo")
    await app.joins("leo", "waiting")
    await app.earns("leo", "60.00")
    await app.earns("leo", "7.00", "waiting")
    app.later(days=14)
    payout = await app.asks("leo", "6.00", program="waiting", key="k")
    assert str(payout.amount) == "6.00"
    assert payout.amount.currency == "EUR"
    assert await app.owed_to("leo", "waiting") == "1.00"
    assert await app.owed_to("leo") == "60.00"
    assert await app.use.find_requested_payout(await app.private("leo"), "k") == payout
    with pytest.raises(NotAPartner):
        await app.asks("leo", "60.00", program="no-such")


async def test_a_long_comment_is_cut(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "60.00")
    assert len((await app.asks("leo", "60.00", comment="я" * 501)).comment) == 500


async def test_a_request_waits_in_the_queue_of_staff_until_it_ends(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "200.00")
    await app.staff("sue", StaffRole.SUPPORT)
    first, second = await app.asks("leo", "60.00"), await app.asks("leo", "70.00")
    await app.presses("boss", first, PayoutMove.APPROVE)
    sue = await app.in_chat("sue")
    waiting = [view.payout.id for view in (await app.use.list_payout_queue(sue)).rows]
    assert waiting == [first.id, second.id]
    await app.presses("boss", first, PayoutMove.SETTLE)
    await app.use.cancel_payout(await app.private("leo"), second.id)
    assert (await app.use.list_payout_queue(sue)).rows == []
