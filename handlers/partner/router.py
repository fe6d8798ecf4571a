"""The home of the partner's router: private chats only."""

from aiogram import F, Router

from handlers.partner import (
    application_papers,
    application_sending,
    applications,
    calculator,
    certificate,
    claims,
    conversions,
    documents,
    explanations,
    exports,
    inviting,
    invoices,
    joining,
    links,
    lists,
    menu,
    ordering,
    payouts,
    pins,
    profile,
    programs,
    referrals,
    renewals,
    requisites,
    statements,
    stats,
    team,
    terms,
)
from handlers.ui.routing import gather


def build_router() -> Router:
    """Return the router; what is about one enrolment names it where a person has several."""
    capabilities = (
        *(menu, links, stats, referrals, claims, lists, payouts),
        *(conversions, explanations, statements, exports),
        *(renewals, profile, pins, requisites, documents, certificate),
        *(team, inviting, invoices, ordering, terms),
    )
    routers = [joining.own, *(capability.router for capability in capabilities)]
    own = gather("partner.own", routers)
    own.message.middleware(programs.NameEnrolment())
    own.callback_query.middleware(programs.NameEnrolment())
    router = gather(
        "partner",
        (
            programs.router,
            calculator.router,
            joining.router,
            applications.router,
            application_papers.router,
            application_sending.router,
            team.invitations,
            own,
        ),
    )
    router.message.filter(F.chat.type == "private")
    return router
