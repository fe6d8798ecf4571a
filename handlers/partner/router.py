"""The home of the partner's router: private chats only."""

from aiogram import F, Router

from handlers.partner import joining, lists, menu, payouts, programs
from handlers.ui.routing import gather


def build_router() -> Router:
    """Return the router."""
    own = gather("partner.own", (menu.router, joining.own, lists.router, payouts.router))
    own.message.middleware(programs.NameEnrolment())
    own.callback_query.middleware(programs.NameEnrolment())
    router = gather("partner", (programs.router, joining.router, own))
    router.message.filter(F.chat.type == "private")
    return router
