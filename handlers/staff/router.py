"""The home of the router of staff: groups, and invitations in private."""

from aiogram import F, Router

from handlers.staff import (
    adjustments,
    application_decisions,
    applications,
    audit,
    broadcast_texts,
    broadcasts,
    claims,
    entries,
    here,
    holds,
    invoices,
    lookups,
    members,
    menu,
    papers,
    payout_days,
    payout_documents,
    payout_lists,
    payout_reasons,
    payouts,
    people,
    pins,
    promos,
    questions,
    queue,
    report,
    standing,
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
        payout_documents,
        payout_lists,
        applications,
        application_decisions,
        invoices,
        claims,
        questions,
        holds,
        entries,
        adjustments,
        broadcasts,
        broadcast_texts,
        audit,
        report,
        standing,
        promos,
        lookups,
        papers,
        pins,
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
