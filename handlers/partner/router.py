"""The home of the partner's router: private chats only."""

from aiogram import F, Router

from handlers.partner import calculator, joining, lists, menu, payouts
from handlers.ui.routing import gather


def build_router() -> Router:
    """Return the router."""
    router = gather(
        "partner", (menu.router, joining.router, lists.router, payouts.router, calculator.router)
    )
    router.message.filter(F.chat.type == "private")
    return router
