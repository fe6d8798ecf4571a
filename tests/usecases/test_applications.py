"""Joining by application: the form keeps everything, the review decides once (R30-R34)."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.access import NotAPartner
from domain.applying import ApplicationView, OwnApplication, contract_mark
from domain.entities.application import (
    ApplicationStatus,
    FieldRefusal,
    PaperRefusal,
    RejectionReason,
)
from domain.entities.partner import EnrolmentStatus, LegalForm
from domain.entities.progress import ItemState
from domain.entities.questionnaire import FieldKind, PaperKind
from domain.errors import NotAllowed, NotFound
from domain.filing import PaperUnfit
from domain.programs.model import Program
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
from domain.usecases.applications.decide import (
    BadContractDate,
    ContractNumberTaken,
    NotPrepared,
)
from domain.usecases.applications.fill import RulesChanged
from domain.usecases.applications.judge import PaperJudgement
from domain.usecases.applications.papers import HandedIn, PaperAccepted
from domain.usecases.applications.start import AlreadyTakesPart, FormNotAdmitted
from tests.domain.builders import saas_tiers, written
from tests.domain.paper_files import picture
from tests.usecases.app import App

F, P = FieldKind, PaperKind
CLOUD = written(
    """
    [program]
    key = "cloud"
    currency = "EUR"
    [joining]
    mode = "application"
    contract_number = "C-{year}-{n}"
    draft_days = 30
    [joining.originals]
    address = "1 Sample street"
    receiver = "Partner department"
    [[joining.forms]]
    key = "self_employed"
    country = "RU"
    fields = ["full_name", "inn", "phone"]
    optional_fields = ["email", "vendor_account"]
    papers = ["passport"]
    employee_papers = ["power_of_attorney"]
    [[joining.forms]]
    key = "individual"
    paid_out = false
    fields = ["full_name", "phone"]
    [payout]
    minimum = "5.00"
    """
)
SECOND = written(
    """
    [program]
    key = "second"
    currency = "EUR"
    [joining]
    mode = "application"
    reapply_days = 10
    [[joining.forms]]
    key = "self_employed"
    country = "RU"
    fields = ["full_name", "inn", "phone"]
    [[joining.forms]]
    key = "individual"
    fields = ["full_name", "phone"]
    [payout]
    minimum = "5.00"
    """
)
ANSWERS = {F.FULL_NAME: "Sample Anna", F.INN: "771234567859", F.PHONE: "+79123456789"}


@pytest.fixture(autouse=True)
def offered(app: App) -> None:
    """Offer two programs by application beside the usual one."""
    app.offers(saas_tiers(), CLOUD, SECOND)


async def filled(
    app: App, name: str, program: Program = SECOND, form: LegalForm = LegalForm.SELF_EMPLOYED
) -> ApplicationView:
    """Fill in what is asked, without papers."""
    caller = await app.private(name)
    view = await app.use.start_application(caller, program.key)
    view = await app.use.choose_legal_form(caller, view.application.id, form)
    if view.application.by_employee is None:
        view = await app.use.choose_legal_form.filer(
            caller, view.application.id, by_employee=False
        )
    asked = [item.key for item in view.progress.fields if item.is_required]
    for field in asked:
        assert isinstance(field, FieldKind)
        view = await app.use.enter_answer(caller, view.application.id, field, ANSWERS[field])
    return view


async def hands_in(
    app: App, name: str, view: ApplicationView, kind: PaperKind = P.PASSPORT, **more: object
) -> ApplicationView:
    """Hand in one more file of a paper."""
    handed = HandedIn(kind=kind, name="scan.png", data=picture("PNG"), **more)  # type: ignore[arg-type]
    return await app.use.hand_in_paper(await app.private(name), view.application.id, handed)


async def sent(app: App, name: str, program: Program = SECOND) -> ApplicationView:
    """Fill in and send."""
    view = await filled(app, name, program)
    if view.progress.papers:
        await hands_in(app, name, view)
    caller = await app.private(name)
    return await app.use.submit_application(caller, view.application.id, program.version)


async def approved(app: App, view: ApplicationView, name: str = "boss") -> ApplicationView:
    """Approve under the proposed number."""
    caller, id_ = await app.in_chat(name), view.application.id
    prepared = await app.use.prepare_approval(caller, id_)
    mark = contract_mark(prepared.application)
    return await app.use.decide_application.approve(caller, id_, mark)


async def test_answers_come_in_any_order_and_a_wrong_one_loses_nothing(app: App) -> None:
    ann = await app.private("ann")
    view = await app.use.start_application(ann, "cloud")
    id_ = view.application.id
    await app.use.choose_legal_form(ann, id_, LegalForm.SELF_EMPLOYED)
    await app.use.enter_answer(ann, id_, F.PHONE, "8 912 345-67-89")
    await app.use.enter_answer(ann, id_, F.FULL_NAME, "Sample Anna")
    before = await app.contents()
    for field, wrong in (
        (F.INN, "000000000000"),
        (F.INN, "771234567858"),
        (F.PHONE, "12"),
        (F.FULL_NAME, ""),
        (F.EMAIL, "ann"),
    ):
        with pytest.raises(FieldInvalid):
            await app.use.enter_answer(ann, id_, field, wrong)
    with pytest.raises(NotFound):
        await app.use.enter_answer(ann, id_, F.OGRN, "1027700132195")
    for wrong_file in (b"", b"MZ program", b"%PDF-1.7 cut", picture("PNG")[:-20]):
        handed = HandedIn(kind=P.PASSPORT, name="x.png", data=wrong_file)
        with pytest.raises(PaperUnfit):
            await app.use.hand_in_paper(ann, id_, handed)
    after = await app.contents()
    assert before["application_answers"] == after["application_answers"]
    view = await app.use.show_own_application(ann, id_)
    assert {kind: one.value for kind, one in view.file.answers.items()} == {
        F.PHONE: "+79123456789",
        F.FULL_NAME: "Sample Anna",
    }
    assert (view.progress.done, len(view.progress.needed)) == (2, 4)
    with pytest.raises(ApplicationIncomplete) as caught:
        await app.use.submit_application(ann, id_, 1)
    assert caught.value.facts["items"] == ("inn", "passport")


async def test_answers_are_unreadable_in_the_tables(app: App) -> None:
    await filled(app, "ann")
    for row in await app.rows("application_answers"):
        for value in ANSWERS.values():
            assert value.encode() not in row["value"]


async def test_one_open_application_for_a_program_and_nobody_elses(app: App) -> None:
    ann = await app.private("ann")
    both = await asyncio.gather(*(app.use.start_application(ann, "cloud") for _ in range(2)))
    assert len({view.application.id for view in both}) == 1
    other = await app.private("eve")
    id_ = both[0].application.id
    for act in (
        app.use.show_own_application(other, id_),
        app.use.enter_answer(other, id_, F.FULL_NAME, "Sample Eve"),
        app.use.submit_application(other, id_, 1),
        app.use.withdraw_application(other, id_),
        app.use.talk_about_application.answer(other, id_, "Hello"),
    ):
        with pytest.raises(NotFound):
            await act
    with pytest.raises(NotFound):
        await app.use.start_application(ann, "saas-tiers")


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


async def test_a_partner_gets_one_more_enrolment_with_what_is_known(app: App) -> None:
    await approved(app, await sent(app, "ann"))
    ann = await app.private("ann")
    view = await app.use.start_application(ann, "cloud")
    assert view.application.form is LegalForm.SELF_EMPLOYED
    assert {kind: one.value for kind, one in view.file.answers.items()} == ANSWERS
    with pytest.raises(FormNotAdmitted):
        await app.use.choose_legal_form(ann, view.application.id, LegalForm.INDIVIDUAL)
    await app.use.choose_legal_form.filer(ann, view.application.id, by_employee=True)
    view = await app.use.choose_legal_form.filer(ann, view.application.id, by_employee=False)
    await hands_in(app, "ann", view)
    view = await app.use.submit_application(ann, view.application.id, 1)
    boss = await app.owner()
    judgement = PaperJudgement(kind=P.PASSPORT)
    await app.use.judge_application.paper(boss, view.application.id, judgement)
    await app.use.receive_originals(boss, view.application.id)
    await approved(app, view)
    assert len(await app.rows("partners")) == 1
    assert {row["program"] for row in await app.rows("enrolments")} == {"cloud", "second"}
    assert (await app.enrolment("ann", "cloud")).status is EnrolmentStatus.ACTIVE


async def test_a_user_of_a_partner_cannot_apply_for_it(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("uma", "leo")
    with pytest.raises(NotAllowed):
        await app.use.start_application(await app.private("uma"), "cloud")


async def test_staff_do_not_decide_about_their_own(app: App) -> None:
    await app.staff("max", StaffRole.MANAGER)
    view = await sent(app, "max")
    with pytest.raises(OwnApplication):
        await app.use.prepare_approval(await app.in_chat("max"), view.application.id)


async def test_changed_rules_are_read_before_sending(app: App) -> None:
    view = await filled(app, "ann")
    app.offers(replace(SECOND, version=2))
    with pytest.raises(RulesChanged):
        await app.use.submit_application(await app.private("ann"), view.application.id, 1)
    view = await app.use.submit_application(await app.private("ann"), view.application.id, 2)
    assert view.application.terms_version == 2


async def test_another_legal_form_keeps_answers_and_names_what_no_longer_fits(app: App) -> None:
    view = await filled(app, "ann", CLOUD)
    ann, id_ = await app.private("ann"), view.application.id
    view = await app.use.choose_legal_form(ann, id_, LegalForm.INDIVIDUAL)
    assert [item.key for item in view.progress.fields] == [F.FULL_NAME, F.PHONE]
    assert all(item.state is ItemState.DONE for item in view.progress.fields)
    view = await app.use.choose_legal_form(ann, id_, LegalForm.SELF_EMPLOYED)
    assert view.file.answers[F.INN].value == ANSWERS[F.INN]


async def test_what_nobody_touches_is_forgotten_and_what_is_under_review_is_not(app: App) -> None:
    draft = await filled(app, "ann", CLOUD)
    await hands_in(app, "ann", draft)
    await sent(app, "bob", CLOUD)
    app.later(days=31)
    assert await app.use.forget_applications() == 0
    app.later(days=7)
    assert await app.use.forget_applications() == 1
    assert await app.use.forget_applications() == 0
    statuses = {row["person_id"]: row["status"] for row in await app.rows("applications")}
    assert statuses == {app.id_of("ann"): "withdrawn", app.id_of("bob"): "review"}
    erased = [row for row in await app.rows("dossiers") if row["erased_at"] is not None]
    assert [(row["wrapped_key"], row["owner_id"]) for row in erased] == [(None, 0)]
    answered = {row["application_id"] for row in await app.rows("application_answers")}
    assert draft.application.id not in answered


async def test_a_week_before_it_is_forgotten_its_author_is_told(app: App) -> None:
    draft = await filled(app, "ann", CLOUD)
    await sent(app, "bob", CLOUD)
    kinds: list[int] = []
    for days in (22, 2, 2, 4):
        app.later(days=days)
        assert await app.use.forget_applications() == 0
        kinds.append(len(await warnings_of(app, "ann")))
    assert kinds == [0, 1, 1, 1]
    ((_, params),) = await warnings_of(app, "ann")
    assert params["day"] == (app.now + timedelta(days=1)).date().isoformat()
    # Any change begins the time anew, and the next warning with it.
    await app.use.enter_answer(
        await app.private("ann"), draft.application.id, F.FULL_NAME, "Sample Anna Lee"
    )
    app.later(days=22)
    assert await app.use.forget_applications() == 0
    app.later(days=2)
    assert await app.use.forget_applications() == 0
    assert len(await warnings_of(app, "ann")) == 2
    app.later(days=8)
    assert await app.use.forget_applications() == 1
    assert await warnings_of(app, "bob") == []


async def warnings_of(app: App, name: str) -> list[tuple[str, dict[str, object]]]:
    return [told for told in await app.told(name) if told[0] == "application_fading"]


async def test_a_person_sees_takes_out_and_erases_its_application(app: App) -> None:
    view = await filled(app, "ann")
    ann = await app.private("ann")
    shown = await app.use.show_own_data(ann)
    assert [one.number for one in shown.applications] == [view.application.number]
    kept = (await app.use.export_own_data(ann))["applications"]
    assert {row["kind"]: row["text"] for row in kept} == {
        kind.value: value for kind, value in ANSWERS.items()
    }
    await app.use.withdraw_application(ann, view.application.id)
    await app.use.withdraw_application(ann, view.application.id)
    assert await app.rows("application_answers") == []
    assert (await app.use.show_own_data(ann)).applications == ()


async def test_who_leaves_as_the_last_member_takes_its_answers_along(app: App) -> None:
    await approved(app, await sent(app, "ann"))
    await app.use.leave_partner(await app.private("ann"))
    assert await app.rows("application_answers") == []
    with pytest.raises(NotAPartner):
        await app.use.show_enrolment(await app.private("ann"))


async def test_an_employee_files_with_a_proof(app: App) -> None:
    view = await filled(app, "ann", CLOUD)
    ann, id_ = await app.private("ann"), view.application.id
    view = await app.use.choose_legal_form.filer(ann, id_, by_employee=True)
    asked = [item.key for item in view.progress.open_items]
    assert asked == [F.EMPLOYEE_NAME, F.EMPLOYEE_POSITION, P.PASSPORT, P.POWER_OF_ATTORNEY]


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
