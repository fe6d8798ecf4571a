"""The home of the router of what anybody has: private chats only."""

from aiogram import F, Router

from handlers.person import documents, email, inline, privacy, questions, settings
from handlers.person import help as help_
from handlers.ui.routing import gather


def build_router() -> Router:
    """Return the router."""
    routers = (settings, privacy, documents, email, help_, inline, questions)
    router = gather("person", (each.router for each in routers))
    router.message.filter(F.chat.type == "private")
    return router
