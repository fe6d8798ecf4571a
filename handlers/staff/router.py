"""The home of the router of staff: groups, and invitations in private."""

from aiogram import F, Router

from handlers.staff import (
    adjustments,
    audit,
    broadcasts,
    claims,
    entries,
    here,
    holds,
    invoices,
    lookups,
    members,
    menu,
    payout_days,
    payout_lists,
    payout_reasons,
    payouts,
    people,
    questions,
    queue,
    report,
    vendor,
)
from handlers.ui.routing import gather


def build_router() -> Router:
    """Return the router of the admin chat."""
    homes = (
        people,
        members,
        here,
        queue,
        payouts,
        payout_reasons,
        payout_days,
        payout_lists,
        invoices,
        claims,
        questions,
        holds,
        entries,
        adjustments,
        broadcasts,
        audit,
        report,
        lookups,
        vendor,
        menu,
    )
    router = gather("staff", (home.router for home in homes))
    router.message.filter(F.chat.type.in_({"group", "supergroup"}))
    return router


def build_invitation_router() -> Router:
    """Return the router that takes up invitations in private chats."""
    router = gather("staff.private", (people.invitations,))
    router.message.filter(F.chat.type == "private")
    return router
