"""The home of finding whom a broadcast addresses."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from domain.entities.broadcast import Audience, AudienceQuery
from domain.entities.partner import EnrolmentStatus
from domain.ledger.accounts import AccountKind
from storage.tables import (
    clients,
    daily_stats,
    enrolments,
    ledger_accounts,
    members,
    people,
    referrals,
)


def people_of(query: AudienceQuery) -> Select[Any]:
    """Return the persons of a segment, each once, whether they blocked the bot or not."""
    statement = select(people.c.id, people.c.language, people.c.blocked_at)
    if query.segment.language is not None:
        statement = statement.where(people.c.language == query.segment.language)
    is_clients = query.segment.audience is Audience.CLIENTS
    return statement.where(_is_client(query) if is_clients else _is_member(query))


def _is_client(query: AudienceQuery) -> ColumnElement[bool]:
    conditions = [clients.c.telegram_id == people.c.id, clients.c.deleted_at.is_(None)]
    if query.segment.program is not None:
        conditions.append(
            exists().where(
                referrals.c.client_id == clients.c.id,
                referrals.c.program == query.segment.program,
            )
        )
    return exists().where(*conditions)


def _is_member(query: AudienceQuery) -> ColumnElement[bool]:
    """Return the condition of belonging to an enrolment that the segment means."""
    segment = query.segment
    conditions: list[ColumnElement[bool]] = [
        members.c.person_id == people.c.id,
        members.c.left_at.is_(None),
        enrolments.c.partner_id == members.c.partner_id,
        enrolments.c.status == EnrolmentStatus.ACTIVE,
    ]
    if segment.program is not None:
        conditions.append(enrolments.c.program == segment.program)
    if segment.tier is not None:
        conditions.append(enrolments.c.tier == segment.tier)
    if segment.audience is Audience.ACTIVE:
        conditions.append(
            exists().where(
                daily_stats.c.enrolment_id == enrolments.c.id,
                daily_stats.c.day >= query.active_since,
            )
        )
    if segment.audience is Audience.PAYABLE:
        conditions.append(_can_be_paid(query))
    return exists().where(*conditions)


def _can_be_paid(query: AudienceQuery) -> ColumnElement[bool]:
    """Return the condition of having the least pay-out; the account's credits are negative."""
    enough = (
        and_(enrolments.c.program == program, -ledger_accounts.c.balance >= minimum)
        for program, minimum in query.minimums.items()
    )
    return exists().where(
        ledger_accounts.c.enrolment_id == enrolments.c.id,
        ledger_accounts.c.kind == AccountKind.PAYABLE,
        or_(*enough),
    )
