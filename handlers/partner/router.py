"""The home of the partner's router: private chats only."""

from aiogram import F, Router

from handlers.partner import joining, lists, menu, payouts, statements
from handlers.ui.routing import gather


def build_router() -> Router:
    """Return the router."""
    router = gather(
        "partner",
        (menu.router, joining.router, lists.router, payouts.router, statements.router),
    )
    router.message.filter(F.chat.type == "private")
    return router
