"""The home of the articles of the help, and of what is new."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from domain.entities.people import Caller
from domain.errors import NotFound
from domain.programs.model import Programs
from handlers.middlewares.access import Allowed, allow
from handlers.ui.articles import article_screen
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_person import OpenArticle
from handlers.ui.language import Language
from handlers.ui.screen import Event, show, turn_to
from handlers.ui.whats_new import news_screen

router = Router(name="person.help")
anyone = allow(Allowed.ANYONE)


@router.callback_query(OpenArticle.filter(), flags=anyone)
async def show_article(
    query: CallbackQuery, callback_data: OpenArticle, language: Language
) -> None:
    """Show an article."""
    screen = article_screen(language, callback_data.key)
    if screen is None:
        raise NotFound(article=callback_data.key)
    await turn_to(query, screen)


@router.message(Command("news"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "news"), flags=anyone)
async def show_news(event: Event, caller: Caller, language: Language, programs: Programs) -> None:
    """Show what is new."""
    await show(event, news_screen(language, caller, programs))
