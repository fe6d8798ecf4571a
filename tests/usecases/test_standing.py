"""Suspending, ending and reinstating a partner (A47, A48): what happens to what."""

import asyncio

import pytest

from domain.entities.partner import EnrolmentStatus
from domain.entities.question import Holder, QuestionStatus, Words
from domain.entities.standing import StandingMove, StandingView
from domain.errors import NotFound
from domain.rights import MemberRole, StaffRole
from domain.rules.payouts import PartnerNotActive
from domain.rules.standing import (
    LeftByItself,
    NobodyLeft,
    OwnPartner,
    PayoutOfSuspended,
    StandingUnchanged,
)
from domain.rules.team import TeamSuspended
from domain.usecases.claims.ask import read_client
from domain.usecases.clients.open_link import LinkOpening
from domain.usecases.payouts.decide import PayoutMove
from domain.usecases.payouts.lists import NothingToList
from domain.usecases.questions.move import QuestionMove
from domain.usecases.standing.change import StandingDecision
from tests.usecases.app import App, usd

SUSPEND, END, REINSTATE = StandingMove.SUSPEND, StandingMove.END, StandingMove.REINSTATE


async def decides(
    app: App, name: str, move: StandingMove, reason: str = "rules", words: str = ""
) -> StandingView:
    enrolment_id = (await app.enrolment(name, None)).id
    decision = StandingDecision(
        enrolment_id=enrolment_id, move=move, reason_code=reason, words=words
    )
    return await app.use.change_standing(await app.owner(), decision)


async def kinds(app: App, name: str) -> list[str]:
    return [kind for kind, _ in await app.told(name)]


async def test_the_question_lists_what_is_touched_with_numbers(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.becomes_member("max", of="leo")
    await app.client("ann", by="leo")
    await app.earns("leo", "300.00")
    asked, approved = await app.asks("leo", "60.00"), await app.asks("leo", "50.00")
    await app.presses("boss", approved, PayoutMove.APPROVE)
    await app.client("tom")
    await app.use.open_claim(await app.private("leo"), read_client("tom"), "")
    before = await app.contents()
    view = await app.use.change_standing.show(await app.owner(), code, SUSPEND)
    assert await app.contents() == before
    affected = view.affected
    assert (affected.links, affected.clients, affected.members, affected.claims) == (1, 2, 2, 1)
    assert (affected.asked, affected.asked_minor) == (1, asked.amount.minor)
    assert (affected.approved, affected.approved_minor) == (1, approved.amount.minor)
    assert view.sheet.payable == usd("190.00").minor
    with pytest.raises(NotFound):
        await app.use.change_standing.show(await app.owner(), "zzzz2345", SUSPEND)


async def test_a_suspended_partner_neither_earns_nor_is_paid_and_keeps_everything(
    app: App,
) -> None:
    code = (await app.joins("leo")).code
    await app.becomes_member("max", of="leo")
    await app.earns("leo", "300.00")
    asked, approved = await app.asks("leo", "60.00"), await app.asks("leo", "50.00")
    await app.presses("boss", approved, PayoutMove.APPROVE)
    await app.use.invite_colleague(await app.private("leo"), MemberRole.USER)
    view = await decides(app, "leo", SUSPEND, "promotion", " Ads on our own brand. ")
    assert view.enrolment.status is EnrolmentStatus.SUSPENDED
    assert view.last
    assert (view.last.reason_code, view.last.words) == ("promotion", "Ads on our own brand.")
    told = (await app.told("max"))[-1]
    assert told[0] == "partner_standing"
    assert (told[1]["move"], told[1]["words"]) == ("suspend", "Ads on our own brand.")
    assert (await kinds(app, "leo"))[-1] == "partner_standing"
    # Visits go on, and nobody who registers is the partner's.
    assert await app.use.resolve_code(code)
    assert (await app.client("late", by="leo")).reason == "partner_suspended"
    assert (await app.pays("client-of-leo-saas-tiers", "10.00")).reason == "partner_suspended"
    for payout, move in (
        (asked, PayoutMove.APPROVE),
        (asked, PayoutMove.SETTLE),
        (approved, PayoutMove.SETTLE),
    ):
        with pytest.raises(PayoutOfSuspended):
            await app.presses("boss", payout, move)
    with pytest.raises(NothingToList):
        await app.use.make_payout_list(await app.owner())
    with pytest.raises(PartnerNotActive):
        await app.asks("leo", "50.00")
    with pytest.raises(TeamSuspended):
        await app.use.invite_colleague(await app.private("leo"), MemberRole.USER)
    assert (await app.use.show_team(await app.private("leo"))).invitations == []
    # A request may be rejected, and the money is there still.
    await app.presses("boss", asked, PayoutMove.REJECT)
    assert await app.owed_to("leo") == "250.00"


async def test_reinstated_a_partner_goes_on_as_before(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "300.00")
    approved = await app.asks("leo", "50.00")
    await app.presses("boss", approved, PayoutMove.APPROVE)
    await decides(app, "leo", SUSPEND, "promotion")
    profile = await app.use.show_profile(await app.private("leo"))
    assert profile.stopped
    assert profile.stopped.reason_code == "promotion"
    await decides(app, "leo", REINSTATE, "cleared")
    assert (await app.enrolment("leo")).status is EnrolmentStatus.ACTIVE
    assert not (await app.use.show_profile(await app.private("leo"))).stopped
    await app.presses("boss", approved, PayoutMove.SETTLE)
    assert (await app.pays("client-of-leo-saas-tiers", "10.00")).reason is None
    assert len(await app.audited("standing_suspend", "standing_reinstate")) == 2


async def test_an_ended_partner_is_paid_what_it_asked_for_and_its_links_stop(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.earns("leo", "300.00")
    asked = await app.asks("leo", "60.00")
    view = await decides(app, "leo", END, "fraud")
    assert (view.enrolment.status, view.enrolment.left_at) == (EnrolmentStatus.ENDED, None)
    assert await app.use.resolve_code(code) is None
    assert (await app.opens("ann", code)).opening is LinkOpening.ENDED
    await app.presses("boss", asked, PayoutMove.SETTLE)
    assert await app.figures("leo") == {
        "accrued": "300.00",
        "payable": "240.00",
        "paid": "60.00",
    }
    with pytest.raises(PartnerNotActive) as refused:
        await app.asks("leo", "50.00")
    assert refused.value.facts["by_vendor"] is True
    # It does not come back by accepting the rules again; staff reinstate it.
    await app.use.accept_rules(await app.private("leo"), "saas-tiers")
    assert (await app.enrolment("leo")).status is EnrolmentStatus.ENDED
    with pytest.raises(StandingUnchanged):
        await decides(app, "leo", SUSPEND)
    await decides(app, "leo", REINSTATE)
    await app.asks("leo", "50.00")


async def test_what_clients_asked_an_ended_partner_comes_to_the_vendor(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.opens("cleo", code)
    await app.consents("cleo")
    question = await app.use.ask_vendor(await app.private("cleo"), Words(text="Which plan?"))
    await app.use.move_question.as_staff(await app.owner(), question.id, QuestionMove.HAND_OVER)
    view = await app.use.change_standing.show(await app.owner(), code, END)
    assert view.affected.questions == 1
    await decides(app, "leo", END)
    async with app.around.open_work.read() as work:
        after = await work.questions.get(question.id)
    assert after
    assert (after.holder, after.status) == (Holder.VENDOR, QuestionStatus.OPEN)
    assert (await kinds(app, "cleo"))[-1] == "question_passed"


async def test_two_presses_have_one_effect_and_the_second_is_told_who(app: App) -> None:
    await app.joins("leo")
    await app.staff("may", StaffRole.MANAGER)
    decision = StandingDecision(enrolment_id=(await app.enrolment("leo")).id, move=SUSPEND)
    results = await asyncio.gather(
        *(
            app.use.change_standing(caller, decision)
            for caller in (await app.owner(), await app.in_chat("may"))
        ),
        return_exceptions=True,
    )
    (refused,) = [result for result in results if isinstance(result, StandingUnchanged)]
    assert refused.facts["by_name"] in {"Boss", "May"}
    assert len(await app.rows("standing_changes")) == 1
    assert await kinds(app, "leo") == ["partner_standing"]


async def test_nobody_decides_about_its_own_partner(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("boss", of="leo")
    for move in (SUSPEND, END):
        with pytest.raises(OwnPartner):
            await decides(app, "leo", move)


async def test_who_left_comes_back_by_itself_unless_it_is_ended(app: App) -> None:
    await app.joins("leo")
    await app.use.leave_program(await app.private("leo"), "saas-tiers")
    for move in (SUSPEND, REINSTATE):
        with pytest.raises(LeftByItself):
            await decides(app, "leo", move)
    await decides(app, "leo", END)
    await app.use.accept_rules(await app.private("leo"), "saas-tiers")
    assert (await app.enrolment("leo")).status is EnrolmentStatus.ENDED


async def test_a_partner_without_people_is_not_reinstated(app: App) -> None:
    enrolment = await app.joins("leo")
    await app.use.leave_partner(await app.private("leo"))
    decision = StandingDecision(enrolment_id=enrolment.id, move=REINSTATE)
    with pytest.raises(NobodyLeft):
        await app.use.change_standing(await app.owner(), decision)


async def test_a_payment_and_a_suspension_at_once_fit_together(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    answer, _ = await asyncio.gather(app.pays("ann", "100.00"), decides(app, "leo", SUSPEND))
    earned = await app.owed_to("leo")
    assert (answer.reason, earned) in {(None, "10.00"), ("partner_suspended", "0.00")}
