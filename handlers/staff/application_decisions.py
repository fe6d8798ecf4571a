"""The home of judging and deciding an application in the admin chat."""

import re
from datetime import date

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.applying import ApplicationView
from domain.entities.application import FieldRefusal, PaperRefusal, RejectionReason
from domain.entities.people import Caller
from domain.entities.questionnaire import FieldKind, PaperKind
from domain.usecases.applications.decide import (
    BadContractDate,
    DecideApplication,
    PrepareApproval,
)
from domain.usecases.applications.judge import JudgeApplication, PaperJudgement
from domain.usecases.applications.show import ListApplications
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask, put_in_place
from handlers.staff.states import DeskForm
from handlers.ui.application_card import application_card
from handlers.ui.application_desk import (
    approval_question,
    field_reasons,
    paper_reasons,
    rejection_reasons,
    which_file,
)
from handlers.ui.callbacks_applications import DeskPress, named
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.replies import is_answer, mentioned
from handlers.ui.screen import Button, Screen, answer, turn_to

router = Router(name="staff.application_decisions")
staff = allow(Allowed.STAFF)
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
WITHOUT = {"fw": "fw0", "pw": "pw0", "rw": "rw0"}
"""The press that names a reason, and the one that leaves the words to the applicant out."""
FORMS = {"fw": DeskForm.field_words, "pw": DeskForm.paper_words, "rw": DeskForm.rejection}


@router.callback_query(DeskPress.filter(F.action == "fld"), flags=staff)
async def ask_field_reason(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    list_applications: ListApplications,
) -> None:
    """Ask why an answer is refused."""
    view = await list_applications.card(caller, callback_data.id)
    await turn_to(query, field_reasons(language, view, named(FieldKind, callback_data.key)))


@router.callback_query(DeskPress.filter(F.action == "pone"), flags=staff)
async def ask_which_file(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    list_applications: ListApplications,
) -> None:
    """Ask which file of a paper is refused."""
    view = await list_applications.card(caller, callback_data.id)
    await turn_to(query, which_file(language, view, named(PaperKind, callback_data.key)))


@router.callback_query(DeskPress.filter(F.action == "pno"), flags=staff)
async def ask_paper_reason(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    list_applications: ListApplications,
) -> None:
    """Ask why a paper is refused."""
    view = await list_applications.card(caller, callback_data.id)
    kind = named(PaperKind, callback_data.key)
    await turn_to(query, paper_reasons(language, view, kind, callback_data.file))


@router.callback_query(DeskPress.filter(F.action == "rej"), flags=staff)
async def ask_rejection_reason(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    list_applications: ListApplications,
) -> None:
    """Ask why the application is rejected."""
    view = await list_applications.card(caller, callback_data.id)
    await turn_to(query, rejection_reasons(language, view))


@router.callback_query(DeskPress.filter(F.action.in_(WITHOUT)), flags=staff)
async def ask_words(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    list_applications: ListApplications,
    state: FSMContext,
) -> None:
    """Ask for words to the applicant, which may be left out."""
    view = await list_applications.card(caller, callback_data.id)
    say = language.say
    without = callback_data.model_copy(update={"action": WITHOUT[callback_data.action]})
    rows = (
        (Button(say("⏭ Without a note"), without),),
        (Button(say("⬅️ Back"), DeskPress(action="card", at=callback_data.at)),),
    )
    text = say("Reply to the next message with a note for the applicant, or press a button.")
    await turn_to(query, Screen(text, rows))
    question = lines(
        _named(language, view),
        say("{name}, what should the applicant be told?", name=mentioned(query.from_user)),
    )
    await ask(
        query,
        state,
        FORMS[callback_data.action],
        Screen(question, asks=str(say("Note for the applicant"))),
        press=callback_data.model_dump(),
        card_id=query.message.message_id if query.message else 0,
    )


def _named(language: Language, view: ApplicationView) -> Html:
    return language.say("Application {number}", number=view.application.number)


@router.callback_query(
    DeskPress.filter(F.action.in_({*WITHOUT.values(), "fok", "pok"})), flags=staff
)
async def decide_at_once(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    judge_application: JudgeApplication,
    decide_application: DecideApplication,
    state: FSMContext,
) -> None:
    """Accept, or refuse without words."""
    view = await _judge(caller, callback_data, "", judge_application, decide_application)
    await state.clear()
    await turn_to(query, application_card(language, view), note=language.say("✔️ Done"))


@router.message(DeskForm.field_words, F.text, is_answer, flags=staff)
@router.message(DeskForm.paper_words, F.text, is_answer, flags=staff)
@router.message(DeskForm.rejection, F.text, is_answer, flags=staff)
async def decide_with_words(
    message: Message,
    caller: Caller,
    language: Language,
    judge_application: JudgeApplication,
    decide_application: DecideApplication,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Refuse with words for the applicant."""
    data = await state.get_data()
    press = DeskPress(**data["press"])
    words = message.text or ""
    view = await _judge(caller, press, words, judge_application, decide_application)
    await state.clear()
    card = application_card(language, view)
    await put_in_place(bot, message.chat.id, int(data["card_id"]), card)
    await answer(message, card)


async def _judge(
    caller: Caller,
    press: DeskPress,
    words: str,
    judge_application: JudgeApplication,
    decide_application: DecideApplication,
) -> ApplicationView:
    """Do what a press and its words say."""
    what = press.action.removesuffix("0")
    if what == "rw":
        reason = named(RejectionReason, press.reason)
        return await decide_application.reject(caller, press.id, reason, words)
    if what in ("fw", "fok"):
        refusal = named(FieldRefusal, press.reason) if what == "fw" else None
        kind = named(FieldKind, press.key)
        return await judge_application.answer(caller, press.id, kind, refusal, words)
    judgement = PaperJudgement(
        kind=named(PaperKind, press.key),
        refusal=named(PaperRefusal, press.reason) if what == "pw" else None,
        words=words,
        file_number=press.file,
    )
    return await judge_application.paper(caller, press.id, judgement)


@router.callback_query(DeskPress.filter(F.action == "prep"), flags=staff)
async def prepare(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    prepare_approval: PrepareApproval,
) -> None:
    """Show number and day of the contract before the approval."""
    view = await prepare_approval(caller, callback_data.id)
    await turn_to(query, approval_question(language, view))


@router.callback_query(DeskPress.filter(F.action == "yes"), flags=staff)
async def approve(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    decide_application: DecideApplication,
) -> None:
    """Approve the contract that was shown."""
    view = await decide_application.approve(caller, callback_data.id, callback_data.key)
    await turn_to(query, application_card(language, view), note=language.say("✔️ Done"))


@router.callback_query(DeskPress.filter(F.action.in_({"num", "day"})), flags=staff)
async def ask_contract(
    query: CallbackQuery,
    callback_data: DeskPress,
    caller: Caller,
    language: Language,
    list_applications: ListApplications,
    state: FSMContext,
) -> None:
    """Ask for another number or day of the contract, by a reply."""
    view = await list_applications.card(caller, callback_data.id)
    is_number = callback_data.action == "num"
    await turn_to(query, approval_question(language, view))
    question, holder = _contract_question(
        language, mentioned(query.from_user), is_number=is_number
    )
    await ask(
        query,
        state,
        DeskForm.number if is_number else DeskForm.day,
        Screen(lines(_named(language, view), question), asks=str(holder)),
        at=callback_data.at,
        card_id=query.message.message_id if query.message else 0,
    )


def _contract_question(language: Language, name: Html, *, is_number: bool) -> tuple[Html, Html]:
    say = language.say
    if is_number:
        question = say("{name}, reply to this message with the number of the contract.", name=name)
        return question, say("Number")
    question = say(
        "{name}, reply to this message with the day of the contract, as 31.12.2026.", name=name
    )
    return question, say("Day")


@router.message(DeskForm.number, F.text, is_answer, flags=staff)
@router.message(DeskForm.day, F.text, is_answer, flags=staff)
async def take_contract(
    message: Message,
    caller: Caller,
    language: Language,
    prepare_approval: PrepareApproval,
    state: FSMContext,
) -> None:
    """Keep the number or the day, and ask for the approval again."""
    data, name = await state.get_data(), await state.get_state()
    press = DeskPress(action="prep", at=str(data["at"]))
    typed = (message.text or "").strip()
    if name == DeskForm.number.state:
        view = await prepare_approval(caller, press.id, number=typed)
    else:
        view = await prepare_approval(caller, press.id, day=_day(typed))
    await state.clear()
    await answer(message, approval_question(language, view))


def _day(typed: str) -> date:
    """Return a day that staff typed.

    Raises:
        BadContractDate: it is none.
    """
    found = _DAY.fullmatch(typed)
    if found is None:
        raise BadContractDate
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        raise BadContractDate from None
