"""Leaving a program, coming back, and the profile."""

import pytest

from domain.access import NotAPartner
from domain.entities.partner import EnrolmentStatus
from domain.errors import NotAllowed
from domain.period import text_of
from domain.rights import MemberRole
from domain.rules.payouts import PartnerNotActive
from domain.usecases.clients.open_link import LinkOpening
from domain.usecases.joining.leave import WithdrawFirst
from domain.usecases.payouts.decide import PayoutMove
from domain.usecases.profile.rename import BadPartnerName
from tests.usecases.app import App


async def leave(app: App, name: str, program: str = "saas-tiers") -> None:
    await app.use.leave_program(await app.private(name), program)


async def test_leaving_stops_links_and_earning_and_keeps_the_rest(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.earns("leo", "40.00")
    await leave(app, "leo")
    enrolment = await app.enrolment("leo")
    assert (enrolment.status, enrolment.left_at) == (EnrolmentStatus.ENDED, app.now)
    assert await app.owed_to("leo") == "40.00"
    # Visits go on without code, and nobody new counts.
    assert await app.use.resolve_code(code) is None
    assert (await app.opens("ann", code)).opening is LinkOpening.ENDED
    answer = await app.client("late", by="leo")
    assert answer.reason == "partner_suspended"
    answer = await app.pays("client-of-leo-saas-tiers", "100.00")
    assert answer.reason == "partner_suspended"
    assert await app.owed_to("leo") == "40.00"
    assert (await app.told_staff())[-1] == (
        "partner_left",
        {"code": code, "program": "saas-tiers"},
    )
    assert len(await app.audited("enrolment_left")) == 1


async def test_a_code_that_is_remembered_is_forgotten_soon(app: App) -> None:
    code = (await app.joins("leo")).code
    assert await app.use.resolve_code(code)
    await leave(app, "leo")
    app.later(seconds=5)
    assert await app.use.resolve_code(code) is None
    await app.use.accept_rules(await app.private("leo"), "saas-tiers")
    assert await app.use.resolve_code(code)


async def test_what_can_be_withdrawn_is_withdrawn_first(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "70.00")
    with pytest.raises(WithdrawFirst):
        await leave(app, "leo")
    payout = await app.asks("leo", "50.00")
    leaving = await app.use.leave_program.show(await app.private("leo"))
    assert (leaving.sheet.reserved, leaving.sheet.payable) == (5000, 2000)
    await leave(app, "leo")
    # What is under way goes on.
    settled = await app.presses("boss", payout, PayoutMove.SETTLE)
    assert settled.status.shown == "done"
    assert await app.figures("leo") == {"accrued": "70.00", "payable": "20.00", "paid": "50.00"}


async def test_money_that_becomes_payable_later_waits_for_coming_back(app: App) -> None:
    await app.joins("leo", "waiting")
    await app.earns("leo", "30.00", program="waiting")
    await leave(app, "leo", "waiting")
    app.later(days=15)
    with pytest.raises(PartnerNotActive):
        await app.asks("leo", "30.00", program="waiting")
    joined = await app.use.accept_rules(await app.private("leo"), "waiting")
    assert (joined.is_new, joined.is_back) == (False, True)
    await app.use.release_holds()
    await app.asks("leo", "30.00", program="waiting")


async def test_coming_back_takes_up_the_same_enrolment(app: App) -> None:
    before = await app.joins("leo")
    await app.earns("leo", "10.00")
    await leave(app, "leo")
    await app.use.accept_rules(await app.private("leo"), "saas-tiers")
    after = await app.enrolment("leo")
    assert (after.id, after.code, after.status) == (
        before.id,
        before.code,
        EnrolmentStatus.ACTIVE,
    )
    assert after.left_at is None
    await app.earns("leo", "5.00")
    assert await app.owed_to("leo") == "15.00"
    assert (await app.told_staff())[-1][0] == "partner_back"
    assert len(await app.audited("rules_accepted")) == 2


async def test_who_is_suspended_or_ended_by_others_neither_leaves_nor_comes_back(
    app: App,
) -> None:
    await app.joins("leo")
    for status in (EnrolmentStatus.SUSPENDED, EnrolmentStatus.ENDED):
        await app.sets_status("leo", status)
        with pytest.raises(PartnerNotActive):
            await leave(app, "leo")
        await app.use.accept_rules(await app.private("leo"), "saas-tiers")
        assert (await app.enrolment("leo")).status is status


async def test_a_debt_stays(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "50.00", payment="p1")
    payout = await app.asks("leo", "50.00")
    await app.presses("boss", payout, PayoutMove.SETTLE)
    await app.refunds("p1", "500.00")
    await leave(app, "leo")
    assert await app.owed_to("leo") == "-50.00"


async def test_only_an_admin_leaves_renames_and_sees_the_profile(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("ida", "leo", MemberRole.USER)
    ida, zed = await app.private("ida"), await app.private("zed")
    for act in (app.use.leave_program.show, app.use.show_profile):
        with pytest.raises(NotAllowed):
            await act(ida)
        with pytest.raises(NotAPartner):
            await act(zed)
    with pytest.raises(NotAllowed):
        await app.use.rename_partner(ida, "Mine")
    with pytest.raises(NotAllowed):
        await leave(app, "ida")
    # A user does not bring a partner back that its admin took out.
    await leave(app, "leo")
    with pytest.raises(NotAllowed):
        await app.use.accept_rules(ida, "saas-tiers")


async def test_the_other_admins_are_told(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("ida", "leo", MemberRole.ADMIN)
    await leave(app, "leo")
    assert [kind for kind, _ in await app.told("ida")] == ["program_left"]
    assert "program_left" not in [kind for kind, _ in await app.told("leo")]


async def test_the_profile_says_what_the_vendor_knows(app: App) -> None:
    await app.joins("leo")
    await app.joins("leo", "waiting")
    await app.becomes_member("ida", "leo", MemberRole.USER)
    profile = await app.use.show_profile(await app.private("leo"))
    assert [row.program for row in profile.enrolments] == ["saas-tiers", "waiting"]
    assert (profile.members, profile.admins) == (2, 1)
    assert profile.partner.vendor_account_id == "acc-leo"
    kept = await app.use.rename_partner(await app.private("leo"), "  Leo <b> &  Sons ")
    assert kept == "Leo <b> & Sons"
    profile = await app.use.show_profile(await app.private("leo"))
    assert profile.partner.name == kept
    assert len(await app.audited("partner_renamed")) == 1
    for bad in ("", "x", "•••", "x" * 61, "a\u202eb"):
        with pytest.raises(BadPartnerName):
            await app.use.rename_partner(await app.private("leo"), bad)


async def test_another_account_in_the_place_of_a_named_one_is_told_to_staff(app: App) -> None:
    await app.joins("leo")
    assert await app.told_staff() == []
    await app.use.name_vendor_account(await app.private("leo"), "acc-leo")
    assert await app.told_staff() == []
    await app.use.name_vendor_account(await app.private("leo"), "acc-other")
    assert [kind for kind, _ in await app.told_staff()] == ["vendor_account_changed"]
    changes = [row["details"]["is_change"] for row in await app.audited("vendor_account_named")]
    assert changes == [False, False, True]


async def test_clicks_before_leaving_do_not_count_after_it(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.reports(
        "click.recorded",
        click_id="c1",
        code=code,
        clicked_at=text_of(app.now),
        visitor_id="v1",
    )
    await leave(app, "leo")
    app.later(hours=1)
    assert (await app.client("ann", visitor_id="v1")).reason == "partner_suspended"
