"""The review: sent back, talked over, approved with all that follows, decided once (R33, R34)."""

import asyncio
from datetime import date

import pytest

from domain.applying import OwnApplication, contract_mark
from domain.entities.application import (
    ApplicationStatus,
    FieldRefusal,
    PaperRefusal,
    RejectionReason,
)
from domain.errors import NotFound
from domain.rights import MemberRole, StaffRole
from domain.rules.answers import FieldInvalid
from domain.rules.applications import (
    ApplicationDecided,
    ApplicationIncomplete,
    ApplicationLocked,
    BadContractNumber,
    NothingRefused,
    OriginalsMissing,
    PapersNotAccepted,
    ReapplyLater,
)
from domain.usecases.applications.decide import BadContractDate, ContractNumberTaken, NotPrepared
from domain.usecases.applications.judge import PaperJudgement
from domain.usecases.applications.papers import PaperAccepted
from domain.usecases.applications.start import AlreadyTakesPart
from tests.usecases.app import App
from tests.usecases.applications import ANSWERS, CLOUD, F, P, approved, filled, hands_in, sent

pytestmark = pytest.mark.usefixtures("by_application")


async def test_approval_makes_partner_enrolment_link_and_admin_at_once(app: App) -> None:
    view = await sent(app, "ann")
    done = await approved(app, view)
    application = done.application
    assert application.status is ApplicationStatus.APPROVED
    assert application.contract_number == "2026-1"
    enrolment = await app.enrolment("ann", "second")
    assert done.code == enrolment.code
    ann = await app.private("ann")
    assert ann.membership
    assert ann.membership.role is MemberRole.ADMIN
    (partner,) = await app.rows("partners")
    assert (partner["name"], partner["legal_form"]) == ("Sample Anna", "self_employed")
    assert [row["code"] for row in await app.rows("links")] == [enrolment.code]
    told = [row["kind"] for row in await app.rows("notices", recipient=app.id_of("ann"))]
    assert told == ["application_approved"]
    (row,) = await app.audited("application_approved")
    assert row["details"]["contract_number"] == "2026-1"
    with pytest.raises(AlreadyTakesPart):
        await app.use.start_application(ann, "second")


@pytest.mark.parametrize(
    "own", [{"phone": "8 912 345-67-89", "tax_id": "771234567859"}, {"tax_id": "771234567859"}]
)
async def test_who_registers_with_what_it_told_of_itself_is_no_client_of_its_own(
    app: App, own: dict[str, str]
) -> None:
    await approved(app, await sent(app, "ann"))
    told = await app.client("ann-shop", "ann", "second", **own)
    assert told.reason == "self_referral"
    (referral,) = await app.rows("referrals")
    assert referral["reason"] == "self_referral"
    told = await app.client("somebody", "ann", "second", tax_id="500100732259")
    assert told.reason is None


async def test_two_reviewers_at_once_have_one_effect(app: App) -> None:
    view = await sent(app, "ann")
    await app.staff("max", StaffRole.MANAGER)
    boss, id_ = await app.owner(), view.application.id
    prepared = await app.use.prepare_approval(boss, id_)
    mark = contract_mark(prepared.application)
    results = await asyncio.gather(
        app.use.decide_application.approve(boss, id_, mark),
        app.use.decide_application.approve(await app.in_chat("max"), id_, mark),
        app.use.decide_application.reject(boss, id_, RejectionReason.DATA),
        return_exceptions=True,
    )
    refused = [one for one in results if isinstance(one, ApplicationDecided)]
    assert len(refused) == 2
    assert all(one.facts["by_name"] in ("Boss", "Max") for one in refused)
    count = len(await app.rows("enrolments"))
    (row,) = await app.rows("applications")
    assert count == (1 if row["status"] == "approved" else 0)


async def test_only_what_was_refused_is_asked_again(app: App) -> None:
    view = await sent(app, "ann", CLOUD)
    boss, ann, id_ = await app.owner(), await app.private("ann"), view.application.id
    with pytest.raises(NothingRefused):
        await app.use.judge_application.send_back(boss, id_)
    await app.use.judge_application.answer(boss, id_, F.INN, FieldRefusal.MISMATCH, "Look")
    judgement = PaperJudgement(
        kind=P.PASSPORT, refusal=PaperRefusal.UNREADABLE, words="Dark", file_number=1
    )
    await app.use.judge_application.paper(boss, id_, judgement)
    with pytest.raises(PapersNotAccepted):
        await app.use.prepare_approval(boss, id_)
    view = await app.use.judge_application.send_back(boss, id_)
    assert view.application.status is ApplicationStatus.CORRECTION
    assert [item.key for item in view.progress.open_items] == [F.INN, P.PASSPORT]
    with pytest.raises(FieldInvalid) as caught:
        await app.use.enter_answer(ann, id_, F.INN, ANSWERS[F.INN])
    assert caught.value.facts["problem"] == "same"
    await app.use.enter_answer(ann, id_, F.INN, "500100732259")
    with pytest.raises(ApplicationIncomplete):
        await app.use.submit_application(ann, id_, 1)
    view = await hands_in(app, "ann", view)
    assert view.file.pages == {P.PASSPORT: 1}
    view = await app.use.submit_application(ann, id_, 1)
    assert (view.application.status, view.application.round) == (ApplicationStatus.REVIEW, 2)
    again = await app.use.submit_application(ann, id_, 1)
    assert again.application.round == 2


async def test_accepted_papers_stay_and_others_can_be_replaced(app: App) -> None:
    view = await filled(app, "ann", CLOUD)
    ann, boss, id_ = await app.private("ann"), await app.owner(), view.application.id
    await hands_in(app, "ann", view)
    view = await hands_in(app, "ann", view)
    assert view.file.pages == {P.PASSPORT: 2}
    view = await hands_in(app, "ann", view, is_first=True)
    assert view.file.pages == {P.PASSPORT: 1}
    view = await app.use.hand_in_paper.take_away(ann, id_, P.PASSPORT)
    assert view.file.pages == {}
    with pytest.raises(NotFound):
        await hands_in(app, "ann", view, P.CHARTER)
    await hands_in(app, "ann", view)
    await app.use.submit_application(ann, id_, 1)
    with pytest.raises(ApplicationLocked):
        await hands_in(app, "ann", view)
    await app.use.judge_application.paper(boss, id_, PaperJudgement(kind=P.PASSPORT))
    await app.use.judge_application.answer(boss, id_, F.PHONE, FieldRefusal.OUTDATED)
    view = await app.use.judge_application.send_back(boss, id_)
    with pytest.raises(PaperAccepted):
        await hands_in(app, "ann", view)
    with pytest.raises(PaperAccepted):
        await app.use.hand_in_paper.take_away(ann, id_, P.PASSPORT)


async def test_approval_waits_for_the_originals_where_the_program_says_so(app: App) -> None:
    view = await sent(app, "ann", CLOUD)
    boss, id_ = await app.owner(), view.application.id
    await app.use.judge_application.paper(boss, id_, PaperJudgement(kind=P.PASSPORT))
    with pytest.raises(OriginalsMissing):
        await app.use.prepare_approval(boss, id_)
    await app.use.receive_originals(boss, id_)
    view = await app.use.receive_originals(boss, id_)
    assert view.application.originals_at == app.now
    await approved(app, view)
    told = [row["kind"] for row in await app.rows("notices", recipient=app.id_of("ann"))]
    assert told == [
        "application_originals",
        "application_originals_received",
        "application_approved",
    ]


async def test_a_contract_has_its_own_number_and_a_day_that_can_be(app: App) -> None:
    first, second = await sent(app, "ann"), await sent(app, "bob")
    boss = await app.owner()
    one, two = first.application.id, second.application.id
    await app.use.prepare_approval(boss, one)
    view = await app.use.prepare_approval(boss, two)
    assert view.application.contract_number == "2026-2"
    shown = contract_mark(view.application)
    with pytest.raises(ContractNumberTaken):
        await app.use.prepare_approval(boss, two, number="2026-1")
    for wrong in ("", "a b", "x" * 25, "1:2"):
        with pytest.raises(BadContractNumber):
            await app.use.prepare_approval(boss, two, number=wrong)
    for day in (date(2026, 3, 3), date(2026, 3, 1)):
        with pytest.raises(BadContractDate):
            await app.use.prepare_approval(boss, two, day=day)
    view = await app.use.prepare_approval(boss, two, number="Д-7/26")
    assert view.application.contract_number == "Д-7/26"
    with pytest.raises(NotPrepared):
        await app.use.decide_application.approve(boss, two, shown)
    await app.use.decide_application.reject(boss, one, RejectionReason.DATA)
    third = await sent(app, "cid")
    view = await app.use.prepare_approval(boss, third.application.id)
    assert view.application.contract_number != "Д-7/26"


async def test_a_rejected_one_is_sent_again_after_its_days(app: App) -> None:
    view = await sent(app, "ann")
    boss, ann, id_ = await app.owner(), await app.private("ann"), view.application.id
    view = await app.use.decide_application.reject(boss, id_, RejectionReason.DATA, "Why")
    assert (view.application.reason, view.application.contract_number) == ("Why", None)
    await app.use.enter_answer(ann, id_, F.FULL_NAME, "Sample Anna Mary")
    with pytest.raises(ReapplyLater) as caught:
        await app.use.submit_application(ann, id_, 1)
    assert caught.value.facts["possible_at"] == view.possible_at
    app.later(days=10)
    view = await app.use.submit_application(ann, id_, 1)
    assert view.application.round == 2
    assert (view.application.reason, view.application.reason_code) == ("", None)


async def test_staff_do_not_decide_about_their_own(app: App) -> None:
    await app.staff("max", StaffRole.MANAGER)
    view = await sent(app, "max")
    with pytest.raises(OwnApplication):
        await app.use.prepare_approval(await app.in_chat("max"), view.application.id)


async def test_the_talk_reaches_the_other_side_once(app: App) -> None:
    view = await sent(app, "ann")
    boss, ann, id_ = await app.owner(), await app.private("ann"), view.application.id
    for _ in range(2):
        await app.use.talk_about_application.ask(boss, id_, "Who signs?", "1:1")
        await app.use.talk_about_application.answer(ann, id_, "I do.", "2:2")
    view = await app.use.show_own_application(ann, id_)
    assert [line.text for line in view.file.lines] == ["Who signs?", "I do."]
    to_ann = await app.rows("notices", recipient=app.id_of("ann"))
    assert [row["kind"] for row in to_ann] == ["application_question"]
    draft = await filled(app, "bob")
    with pytest.raises(ApplicationDecided):
        await app.use.talk_about_application.answer(
            await app.private("bob"), draft.application.id, "Hello"
        )
