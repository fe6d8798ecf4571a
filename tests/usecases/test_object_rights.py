"""Object rights: a partner reaches its own things only, and nothing of others shows (Z01, Z19)."""

from dataclasses import replace

import pytest

from domain.access import NotAPartner
from domain.entities.payout import Payout
from domain.errors import NotFound
from domain.rights import MemberRole
from tests.usecases.app import App


async def _two(app: App) -> tuple[Payout, Payout]:
    """Let Leo and Mia both earn and ask by confirmations of their own."""
    for name in ("leo", "mia"):
        await app.joins(name)
        await app.earns(name, "200.00", payment=f"p-{name}")
    return await app.asks("leo", "60.00", key="k-leo"), await app.asks("mia", "70.00", key="k-mia")


async def test_another_partners_pay_out_is_not_there(app: App) -> None:
    _, mias = await _two(app)
    leo = await app.private("leo")
    before = await app.contents()
    with pytest.raises(NotFound) as others:
        await app.use.cancel_payout(leo, mias.id)
    with pytest.raises(NotFound) as missing:
        await app.use.cancel_payout(leo, 1)
    assert others.value.facts == {"payout": mias.id}
    assert missing.value.facts == {"payout": 1}
    assert await app.contents() == before
    assert (await app.payout(mias)).status == "requested"


async def test_everybody_sees_its_own_lists_only(app: App) -> None:
    await _two(app)
    for name, amount in (("leo", 6000), ("mia", 7000)):
        caller = await app.private(name)
        payouts = (await app.use.list_payouts(caller)).rows
        assert [view.payout.amount.minor for view in payouts] == [amount]
        assert [view.partner_name for view in payouts] == [name.title()]
        client = f"Client-Of-{name.title()}-Saas-Tiers"
        assert [r.client_name for r in (await app.use.list_referrals(caller)).rows] == [client]
        assert [r.client_name for r in (await app.use.list_payments(caller)).rows] == [client]
        assert (await app.use.show_balance(caller)).sheet.reserved == amount


async def test_another_partners_confirmation_is_not_found(app: App) -> None:
    leos, mias = await _two(app)
    leo, mia = await app.private("leo"), await app.private("mia")
    assert await app.use.find_requested_payout(leo, "k-leo") == leos
    assert await app.use.find_requested_payout(leo, "k-mia") is None
    assert await app.use.find_requested_payout(mia, "k-mia") == mias
    assert await app.use.find_requested_payout(mia, "k-leo") is None


async def test_another_partners_confirmation_makes_ones_own_request(app: App) -> None:
    leos, _ = await _two(app)
    own = await app.asks("mia", "50.00", key="k-leo")
    assert (own.id, own.enrolment_id) != (leos.id, leos.enrolment_id)
    assert (await app.payout(own)).requested_by == app.id_of("mia")
    assert await app.payout(leos) == leos
    assert await app.owed_to("leo") == "140.00"


async def test_a_forged_membership_opens_nothing(app: App) -> None:
    leos, _ = await _two(app)
    mia = await app.private("mia")
    leo = await app.private("leo")
    forged = replace(mia, membership=leo.membership)
    before = await app.contents()
    with pytest.raises(NotAPartner):
        await app.use.cancel_payout(forged, leos.id)
    with pytest.raises(NotAPartner):
        await app.use.show_balance(forged)
    assert (await app.use.show_own_data(forged)).partner_name is None
    assert await app.contents() == before


async def test_nothing_that_happens_to_one_partner_shows_in_answers_to_another(app: App) -> None:
    await _two(app)

    async def answers() -> list[object]:
        leo, code = await app.private("leo"), await app.code_of("leo")
        return [
            await app.use.show_balance(leo),
            await app.use.show_enrolment(leo),
            await app.use.offer_payout(leo),
            await app.use.list_payouts(leo),
            await app.use.list_payments(leo),
            await app.use.list_referrals(leo),
            await app.use.report_partner.overview(code),
            await app.use.report_partner.commissions(code, None, 50),
            await app.use.report_partner.payouts(code, None, 50),
            await app.use.report_partner.clients(code, None, 50),
            await app.told("leo"),
        ]

    before = await answers()
    for number in range(6):
        await app.client(f"new-{number}", by="mia")
        await app.pays(f"new-{number}", "500.00", payment=f"new-{number}")
    await app.refunds("p-mia", "2000.00")
    await app.asks("mia", "100.00")
    await app.becomes_member("max", of="mia", role=MemberRole.ADMIN)
    await app.opens("zoe", await app.code_of("mia"))
    await app.consents("zoe")
    await app.use.name_vendor_account(await app.private("mia"), "acc-leo")
    assert await answers() == before


async def test_a_member_acts_for_the_partner_it_joined_first(app: App) -> None:
    leos, mias = await _two(app)
    await app.becomes_member("ida", of="leo", role=MemberRole.ADMIN)
    app.later(days=1)
    await app.becomes_member("ida", of="mia", role=MemberRole.ADMIN)
    ida = await app.private("ida")
    with pytest.raises(NotFound):
        await app.use.cancel_payout(ida, mias.id)
    assert (await app.use.cancel_payout(ida, leos.id)).status == "cancelled"


async def test_every_program_of_ones_own_partner_is_ones_own(app: App) -> None:
    await app.joins("leo")
    await app.joins("leo", "waiting")
    await app.earns("leo", "10.00", "waiting")
    app.later(days=14)
    payout = await app.asks("leo", "10.00", program="waiting")
    cancelled = await app.use.cancel_payout(await app.private("leo"), payout.id)
    assert cancelled.status == "cancelled"
    assert await app.owed_to("leo", "waiting") == "10.00"
