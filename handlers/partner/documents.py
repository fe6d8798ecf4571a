"""The home of a pay-out's documents: take them as files, and send the signed copy back."""

from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.documents.read import ReadPayoutDocuments
from domain.usecases.documents.sign import SendSignedCopy
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.documents import copy_question, what_next
from handlers.partner.states import SignedCopyForm
from handlers.ui.beside import Beside
from handlers.ui.callbacks_documents import OwnDocuments
from handlers.ui.document_files import DocumentFiles
from handlers.ui.language import Language
from handlers.ui.screen import acknowledge, answer, turn_to
from handlers.ui.taking import take_file, tell_page

router = Router(name="partner.documents")
anyone = allow(Allowed.ANYONE)


@router.callback_query(OwnDocuments.filter(F.action == "files"), flags=anyone)
async def send_files(
    query: CallbackQuery,
    callback_data: OwnDocuments,
    caller: Caller,
    language: Language,
    read_payout_documents: ReadPayoutDocuments,
    document_files: DocumentFiles,
    beside: Beside,
) -> None:
    """Send the documents of a pay-out once more; they are the same to the byte."""
    papers = await read_payout_documents.own(caller, callback_data.payout_id)
    await acknowledge(query)
    sending = document_files.send(
        caller.person.id, language, papers.documents, after=what_next(language, papers)
    )
    beside(sending, f"documents of a pay-out for {caller.person.id}")


@router.callback_query(OwnDocuments.filter(F.action == "send"), flags=anyone)
async def ask_copy(
    query: CallbackQuery,
    callback_data: OwnDocuments,
    caller: Caller,
    language: Language,
    read_payout_documents: ReadPayoutDocuments,
    send_signed_copy: SendSignedCopy,
    state: FSMContext,
) -> None:
    """Ask for the signed copy."""
    await send_signed_copy.check(caller, callback_data.payout_id)
    papers = await read_payout_documents.own(caller, callback_data.payout_id)
    await state.set_state(SignedCopyForm.file)
    await state.set_data({"payout_id": callback_data.payout_id})
    await turn_to(query, copy_question(language, papers))


@router.message(SignedCopyForm.file, F.document | F.photo, flags=anyone)
async def take_copy(
    message: Message,
    caller: Caller,
    language: Language,
    read_payout_documents: ReadPayoutDocuments,
    send_signed_copy: SendSignedCopy,
    state: FSMContext,
    bot: Bot,
) -> None:
    """Take a file of the copy; several may come one after the other."""
    payout_id = int((await state.get_data())["payout_id"])
    await send_signed_copy.check(caller, payout_id)
    taken = await take_file(bot, message)
    await send_signed_copy.file(caller, payout_id, name=taken.name, data=taken.data)
    papers = await read_payout_documents.own(caller, payout_id)
    await tell_page(bot, message, state, copy_question(language, papers))


@router.message(SignedCopyForm.file, F.text, flags=anyone)
async def take_link(
    message: Message,
    caller: Caller,
    language: Language,
    read_payout_documents: ReadPayoutDocuments,
    send_signed_copy: SendSignedCopy,
    state: FSMContext,
) -> None:
    """Take the address of a receipt."""
    payout_id = int((await state.get_data())["payout_id"])
    await send_signed_copy.link(caller, payout_id, message.text or "")
    await state.clear()
    papers = await read_payout_documents.own(caller, payout_id)
    await answer(message, what_next(language, papers))


@router.callback_query(OwnDocuments.filter(F.action == "ready"), flags=anyone)
async def end_form(
    query: CallbackQuery,
    callback_data: OwnDocuments,
    caller: Caller,
    language: Language,
    read_payout_documents: ReadPayoutDocuments,
    state: FSMContext,
) -> None:
    """Leave the form; what was sent is with the vendor."""
    await state.clear()
    papers = await read_payout_documents.own(caller, callback_data.payout_id)
    await turn_to(query, what_next(language, papers))
