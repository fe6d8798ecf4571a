"""The home of the partner's router: private chats only."""

from aiogram import F, Router

from handlers.partner import exports, joining, links, lists, menu, payouts, referrals, stats
from handlers.ui.routing import gather


def build_router() -> Router:
    """Return the router."""
    capabilities = (menu, joining, links, stats, referrals, lists, payouts, exports)
    router = gather("partner", (capability.router for capability in capabilities))
    router.message.filter(F.chat.type == "private")
    return router
