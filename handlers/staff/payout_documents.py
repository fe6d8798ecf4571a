"""The home of staff reading a pay-out's documents and judging the signed copy."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.documents.judge import CopyDecision, DecideSignedCopy
from domain.usecases.documents.read import ReadPayoutDocuments
from domain.usecases.payouts.show_card import ShowPayoutCard
from handlers.middlewares.access import Allowed, allow
from handlers.staff.asking import ask
from handlers.staff.screens.payout_documents import copy_screen, reasons_screen, words_question
from handlers.staff.states import StaffForm
from handlers.ui.beside import Beside
from handlers.ui.callbacks_documents import StaffDocuments
from handlers.ui.document_files import DocumentFiles
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.payout_card import number_of, payout_card
from handlers.ui.replies import is_answer, mentioned
from handlers.ui.screen import Screen, acknowledge, answer, turn_to

router = Router(name="staff.payout_documents")
staff = allow(Allowed.STAFF)


@router.callback_query(StaffDocuments.filter(F.action == "files"), flags=staff)
async def send_files(
    query: CallbackQuery,
    callback_data: StaffDocuments,
    caller: Caller,
    language: Language,
    read_payout_documents: ReadPayoutDocuments,
    document_files: DocumentFiles,
    beside: Beside,
) -> None:
    """Send the documents of a pay-out to the admin chat."""
    papers = await read_payout_documents.for_staff(caller, callback_data.payout_id)
    await acknowledge(query)
    message = query.message
    if isinstance(message, Message):
        thread_id = message.message_thread_id if message.is_topic_message else None
        sending = document_files.send(
            message.chat.id, language, papers.documents, thread_id=thread_id
        )
        beside(sending, f"documents of pay-out {callback_data.payout_id} for staff")


@router.callback_query(StaffDocuments.filter(F.action == "copy"), flags=staff)
async def show_copy(
    query: CallbackQuery,
    callback_data: StaffDocuments,
    caller: Caller,
    language: Language,
    decide_signed_copy: DecideSignedCopy,
) -> None:
    """Show what came back, below the card."""
    copy = await decide_signed_copy.show(caller, callback_data.payout_id)
    await acknowledge(query)
    if isinstance(query.message, Message):
        await answer(query.message, copy_screen(language, copy))


@router.callback_query(StaffDocuments.filter(F.action == "accept"), flags=staff)
async def accept(
    query: CallbackQuery,
    callback_data: StaffDocuments,
    caller: Caller,
    language: Language,
    decide_signed_copy: DecideSignedCopy,
    show_payout_card: ShowPayoutCard,
) -> None:
    """Accept the copy; the card of the pay-out follows, where Done is possible now."""
    decision = CopyDecision(copy_id=callback_data.copy_id, is_accepted=True)
    copy = await decide_signed_copy(caller, decision)
    view = await show_payout_card(copy.payout_id)
    screen = payout_card(language, view) if view else copy_screen(language, copy)
    await turn_to(query, screen, note=language.say("✔️ Done"))


@router.callback_query(StaffDocuments.filter(F.action == "refuse"), flags=staff)
async def ask_reason(
    query: CallbackQuery,
    callback_data: StaffDocuments,
    caller: Caller,
    language: Language,
    decide_signed_copy: DecideSignedCopy,
) -> None:
    """Ask why the copy is refused."""
    copy = await decide_signed_copy.show(caller, callback_data.payout_id)
    await turn_to(query, reasons_screen(language, copy))


@router.callback_query(StaffDocuments.filter(F.action == "reason"), flags=staff)
async def ask_words(
    query: CallbackQuery,
    callback_data: StaffDocuments,
    caller: Caller,
    language: Language,
    decide_signed_copy: DecideSignedCopy,
    state: FSMContext,
) -> None:
    """Ask for words to the partner, which may be left out."""
    copy = await decide_signed_copy.show(caller, callback_data.payout_id)
    await turn_to(query, words_question(language, callback_data))
    say = language.say
    question = lines(
        say("📎 Signed copy, pay-out {number}", number=number_of(copy.payout_id)),
        say("{name}, what should the partner be told?", name=mentioned(query.from_user)),
    )
    await ask(
        query,
        state,
        StaffForm.copy_words,
        Screen(question, asks=str(say("Note for the partner"))),
        copy_id=callback_data.copy_id,
        reason=callback_data.reason,
    )


@router.callback_query(StaffDocuments.filter(F.action == "refuse_now"), flags=staff)
async def refuse_without_words(
    query: CallbackQuery,
    callback_data: StaffDocuments,
    caller: Caller,
    language: Language,
    decide_signed_copy: DecideSignedCopy,
    state: FSMContext,
) -> None:
    """Refuse it with the coded reason alone."""
    await state.clear()
    decision = CopyDecision(
        copy_id=callback_data.copy_id, is_accepted=False, reason_code=callback_data.reason
    )
    copy = await decide_signed_copy(caller, decision)
    await turn_to(query, copy_screen(language, copy), note=language.say("✔️ Done"))


@router.message(StaffForm.copy_words, F.text, is_answer, flags=staff)
async def refuse_with_words(
    message: Message,
    caller: Caller,
    language: Language,
    decide_signed_copy: DecideSignedCopy,
    state: FSMContext,
) -> None:
    """Refuse it with the words that were replied."""
    data = await state.get_data()
    await state.clear()
    decision = CopyDecision(
        copy_id=int(data["copy_id"]),
        is_accepted=False,
        reason_code=str(data["reason"]),
        reason_text=message.text or "",
    )
    await answer(message, copy_screen(language, await decide_signed_copy(caller, decision)))
