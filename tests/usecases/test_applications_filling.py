"""The form: any order, any legal form, whatever is known already, nothing lost (R30, R32)."""

import asyncio
from dataclasses import replace

import pytest

from domain.entities.partner import EnrolmentStatus, LegalForm
from domain.entities.progress import ItemState
from domain.errors import NotAllowed, NotFound
from domain.filing import PaperUnfit
from domain.rules.answers import FieldInvalid
from domain.rules.applications import ApplicationIncomplete
from domain.usecases.applications.fill import RulesChanged
from domain.usecases.applications.judge import PaperJudgement
from domain.usecases.applications.papers import HandedIn
from domain.usecases.applications.start import FormNotAdmitted
from tests.domain.builders import written
from tests.domain.paper_files import picture
from tests.usecases.app import App
from tests.usecases.applications import (
    ANSWERS,
    CLOUD,
    SECOND,
    F,
    P,
    approved,
    filled,
    hands_in,
    sent,
)

pytestmark = pytest.mark.usefixtures("by_application")

WITH_ACCOUNT = written(
    """
    [program]
    key = "banked"
    currency = "RUB"
    [joining]
    mode = "application"
    [[joining.forms]]
    key = "self_employed"
    country = "RU"
    fields = ["full_name", "phone"]
    optional_fields = ["bank_account", "bik"]
    [payout]
    minimum = "5.00"
    """
)


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


async def test_another_legal_form_keeps_answers_and_names_what_no_longer_fits(app: App) -> None:
    view = await filled(app, "ann", CLOUD)
    ann, id_ = await app.private("ann"), view.application.id
    view = await app.use.choose_legal_form(ann, id_, LegalForm.INDIVIDUAL)
    assert [item.key for item in view.progress.fields] == [F.FULL_NAME, F.PHONE]
    assert all(item.state is ItemState.DONE for item in view.progress.fields)
    view = await app.use.choose_legal_form(ann, id_, LegalForm.SELF_EMPLOYED)
    assert view.file.answers[F.INN].value == ANSWERS[F.INN]


async def test_an_employee_files_with_a_proof(app: App) -> None:
    view = await filled(app, "ann", CLOUD)
    ann, id_ = await app.private("ann"), view.application.id
    view = await app.use.choose_legal_form.filer(ann, id_, by_employee=True)
    asked = [item.key for item in view.progress.open_items]
    assert asked == [F.EMPLOYEE_NAME, F.EMPLOYEE_POSITION, P.PASSPORT, P.POWER_OF_ATTORNEY]


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


async def test_changed_rules_are_read_before_sending(app: App) -> None:
    view = await filled(app, "ann")
    app.offers(replace(SECOND, version=2))
    with pytest.raises(RulesChanged):
        await app.use.submit_application(await app.private("ann"), view.application.id, 1)
    view = await app.use.submit_application(await app.private("ann"), view.application.id, 2)
    assert view.application.terms_version == 2


async def test_a_russian_account_asks_for_its_bank_and_is_never_sent_alone(app: App) -> None:
    app.offers(WITH_ACCOUNT)
    ann = await app.private("ann")
    id_ = (await app.use.start_application(ann, "banked")).application.id
    await app.use.enter_answer(ann, id_, F.FULL_NAME, "Sample Anna")
    await app.use.enter_answer(ann, id_, F.PHONE, "+79123456789")
    assert (await app.use.show_own_application(ann, id_)).progress.open_items == ()
    await app.use.enter_answer(ann, id_, F.BANK_ACCOUNT, "40817810438000000001")

    with pytest.raises(ApplicationIncomplete) as caught:
        await app.use.submit_application(ann, id_, 1)
    assert caught.value.facts["items"] == ("bik",)
    await app.use.enter_answer(ann, id_, F.BIK, "044525225")
    await app.use.submit_application(ann, id_, 1)
    (row,) = await app.rows("applications")
    assert row["status"] == "review"
