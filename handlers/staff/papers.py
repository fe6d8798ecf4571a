"""The home of staff looking at papers: a list in the admin chat, each paper in private."""

from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramForbiddenError
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from domain.entities.people import Caller
from domain.usecases.mails.undelivered import RetryMails, ShowMails
from domain.usecases.papers.link import LinkPaper
from domain.usecases.papers.show import OpenPaper, ShowPapers
from handlers.middlewares.access import Allowed, allow
from handlers.staff.screens.papers import (
    link_screen,
    mails_screen,
    paper_caption,
    papers_screen,
)
from handlers.ui.callbacks_papers import MailPress, PaperLinkPress, PaperPress, PapersOf
from handlers.ui.language import Language, Languages
from handlers.ui.paper_words import sent_name
from handlers.ui.screen import acknowledge, answer, send, turn_to

router = Router(name="staff.papers")
staff = allow(Allowed.STAFF)


@router.callback_query(PapersOf.filter(), flags=staff)
async def show_papers(
    query: CallbackQuery,
    callback_data: PapersOf,
    caller: Caller,
    language: Language,
    show_papers: ShowPapers,
) -> None:
    """Show the papers of a dossier below what was pressed."""
    papers = await show_papers(caller, callback_data.dossier_id)
    await acknowledge(query)
    if isinstance(query.message, Message):
        await answer(query.message, papers_screen(language, papers, caller.staff_role))


@router.callback_query(PaperPress.filter(), flags=staff)
async def open_paper(
    query: CallbackQuery,
    callback_data: PaperPress,
    caller: Caller,
    language: Language,
    languages: Languages,
    open_paper: OpenPaper,
    bot: Bot,
) -> None:
    """Send a paper to whoever pressed, in private: the admin chat has other readers."""
    opened = await open_paper(caller, callback_data.paper_id)
    own = languages.of(caller.person.language, caller.person.zone)
    try:
        await bot.send_document(
            caller.person.id,
            BufferedInputFile(opened.data, sent_name(opened.paper)),
            caption=paper_caption(own, opened.paper),
            protect_content=True,
            disable_content_type_detection=True,
        )
    except TelegramForbiddenError:
        words = language.say("Open a private chat with me first: papers are shown there only.")
        await acknowledge(query, words, alert=True)
        return
    await acknowledge(query, language.say("📄 It is in your private chat with me."))


@router.callback_query(PaperLinkPress.filter(), flags=staff)
async def link_paper(
    query: CallbackQuery,
    callback_data: PaperLinkPress,
    caller: Caller,
    language: Language,
    languages: Languages,
    link_paper: LinkPaper,
    bot: Bot,
) -> None:
    """Send a link to a paper to whoever pressed, in private: it works for anybody, once."""
    made = await link_paper(caller, callback_data.paper_id)
    own = languages.of(caller.person.language, caller.person.zone)
    try:
        await send(bot, caller.person.id, link_screen(own, made))
    except TelegramForbiddenError:
        words = language.say("Open a private chat with me first: papers are shown there only.")
        await acknowledge(query, words, alert=True)
        return
    await acknowledge(query, language.say("🔗 The link is in your private chat with me."))


@router.callback_query(MailPress.filter(F.action == "show"), flags=staff)
async def show_mails(
    query: CallbackQuery,
    callback_data: MailPress,
    caller: Caller,
    language: Language,
    show_mails: ShowMails,
) -> None:
    """Show the e-mails that did not arrive."""
    state = await show_mails(caller, callback_data.id)
    await turn_to(query, mails_screen(language, state, caller.staff_role))


@router.callback_query(MailPress.filter(F.action.in_({"one", "all"})), flags=staff)
async def send_mails_again(
    query: CallbackQuery,
    callback_data: MailPress,
    caller: Caller,
    language: Language,
    retry_mails: RetryMails,
    show_mails: ShowMails,
) -> None:
    """Send one of them again, or all."""
    count = await retry_mails(caller, callback_data.id or None)
    state = await show_mails(caller)
    note = language.say_many(
        "{count} e-mail will be sent again.", "{count} e-mails will be sent again.", count
    )
    await turn_to(query, mails_screen(language, state, caller.staff_role), note=note)
