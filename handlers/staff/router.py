"""The home of the router of staff: groups, and invitations in private."""

from aiogram import F, Router

from handlers.staff import (
    adjustments,
    audit,
    broadcasts,
    claims,
    entries,
    holds,
    lookups,
    members,
    payouts,
    people,
    report,
    vendor,
)
from handlers.ui.routing import gather


def build_router() -> Router:
    """Return the router of the admin chat."""
    speakers = (
        people.router,
        members.router,
        payouts.router,
        claims.router,
        holds.router,
        entries.router,
        adjustments.router,
        broadcasts.router,
        audit.router,
        report.router,
        lookups.router,
        vendor.router,
    )
    router = gather("staff", speakers)
    router.message.filter(F.chat.type.in_({"group", "supergroup"}))
    return router


def build_invitation_router() -> Router:
    """Return the router that takes up invitations in private chats."""
    router = gather("staff.private", (people.invitations,))
    router.message.filter(F.chat.type == "private")
    return router
