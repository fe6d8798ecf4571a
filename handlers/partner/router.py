"""The home of the partner's router: private chats only."""

from aiogram import F, Router

from handlers.partner import (
    calculator,
    claims,
    conversions,
    explanations,
    exports,
    joining,
    links,
    lists,
    menu,
    payouts,
    profile,
    programs,
    referrals,
    renewals,
    statements,
    stats,
    terms,
)
from handlers.ui.routing import gather


def build_router() -> Router:
    """Return the router; what is about one enrolment names it where a person has several."""
    capabilities = (
        *(menu, links, stats, referrals, claims, lists, payouts),
        *(conversions, explanations, statements, exports),
        *(renewals, profile, terms),
    )
    routers = [joining.own, *(capability.router for capability in capabilities)]
    own = gather("partner.own", routers)
    own.message.middleware(programs.NameEnrolment())
    own.callback_query.middleware(programs.NameEnrolment())
    router = gather("partner", (programs.router, calculator.router, joining.router, own))
    router.message.filter(F.chat.type == "private")
    return router
