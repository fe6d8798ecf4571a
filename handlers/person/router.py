"""The home of the router of what anybody has: private chats only."""

from aiogram import F, Router

from handlers.person import help as help_
from handlers.person import inline, privacy, settings
from handlers.ui.routing import gather


def build_router() -> Router:
    """Return the router."""
    router = gather("person", (settings.router, privacy.router, help_.router, inline.router))
    router.message.filter(F.chat.type == "private")
    return router
