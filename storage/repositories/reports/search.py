"""The home of finding partners and clients by whatever is known of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.search import ClientHit, PartnerHit, SearchText
from storage.rows import records_of
from storage.tables import (
    client_accounts,
    client_ids,
    clients,
    enrolments,
    links,
    members,
    partners,
    people,
)

CONTAINED_MIN = 3
"""Shorter texts are compared with the beginning of codes and ids only as a whole."""

Condition = ColumnElement[bool]


class SearchReports:
    """Who is found, on one connection; what is meant exactly goes before parts of names."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def partners_like(
        self, wanted: SearchText, *, before: int | None, limit: int
    ) -> Sequence[PartnerHit]:
        """Return partners by program, the newest first, after the one with id ``before``."""
        statement = select(
            enrolments.c.id.label("enrolment_id"),
            partners.c.name,
            enrolments.c.code,
            enrolments.c.program,
        ).join(partners, partners.c.id == enrolments.c.partner_id)
        rows = await self._first(
            statement, enrolments.c.id, (_partner_is(wanted), _partner_like(wanted)), before, limit
        )
        return records_of(PartnerHit, rows)

    async def clients_like(
        self, wanted: SearchText, *, before: int | None, limit: int
    ) -> Sequence[ClientHit]:
        """Return clients, the newest first, after the one with id ``before``."""
        statement = select(clients.c.id, clients.c.name, clients.c.shown_id)
        rows = await self._first(
            statement, clients.c.id, (_client_is(wanted), _client_like(wanted)), before, limit
        )
        return records_of(ClientHit, rows)

    async def _first(
        self,
        statement: Select[Any],
        key: Column[int],
        ways: tuple[Condition, ...],
        before: int | None,
        limit: int,
    ) -> Sequence[Any]:
        """Return a page of the first way that finds anybody at all."""
        for way in ways:
            found = statement.where(way).order_by(key.desc())
            page = found if before is None else found.where(key < before)
            rows: Sequence[Any] = (await self._connection.execute(page.limit(limit))).all()
            if rows:
                return rows
            if before is not None and (await self._connection.execute(found.limit(1))).first():
                return []
        return []


def _contains(column: Column[Any], wanted: SearchText) -> Condition:
    """Return that a name has the text in it, in one of the ways of writing it."""
    lowered = func.lower(column).contains(wanted.plain.lower(), autoescape=True)
    return or_(lowered, *(column.contains(text, autoescape=True) for text in wanted.spellings))


def _begins(column: Column[Any], wanted: SearchText) -> Condition:
    if len(wanted.plain) < CONTAINED_MIN:
        return false()
    return or_(*(column.startswith(text, autoescape=True) for text in wanted.spellings))


def _is_number(column: Column[int], wanted: SearchText) -> Condition:
    return false() if wanted.number is None else column == wanted.number


def _is_username(wanted: SearchText) -> Condition:
    return func.lower(people.c.username) == wanted.username


def _has_contact(wanted: SearchText) -> Condition:
    """Return that a client has exactly this e-mail or phone."""
    email = func.lower(clients.c.email) == wanted.plain.lower()
    phone = clients.c.phone_digits == wanted.phone if wanted.phone else false()
    return or_(email, phone)


def _member_where(condition: Condition) -> Condition:
    """Return that a member of the enrolment's partner is so."""
    return exists(
        select(members.c.person_id)
        .outerjoin(people, people.c.id == members.c.person_id)
        .outerjoin(clients, clients.c.telegram_id == members.c.person_id)
        .where(
            members.c.partner_id == enrolments.c.partner_id,
            members.c.left_at.is_(None),
            condition,
        )
    )


def _link_where(condition: Condition) -> Condition:
    return exists(select(links.c.code).where(links.c.enrolment_id == enrolments.c.id, condition))


def _partner_is(wanted: SearchText) -> Condition:
    if wanted.is_username:
        return _member_where(_is_username(wanted))
    return or_(
        _link_where(links.c.code == wanted.plain.lower()),
        partners.c.vendor_account_id == wanted.plain,
        _member_where(
            or_(
                _is_number(members.c.person_id, wanted),
                _is_username(wanted),
                _has_contact(wanted),
            )
        ),
    )


def _partner_like(wanted: SearchText) -> Condition:
    if wanted.is_username:
        return false()
    return or_(
        _contains(partners.c.name, wanted),
        _member_where(_contains(people.c.name, wanted)),
        _link_where(_begins(links.c.code, wanted)),
    )


def _person_of_client(condition: Condition) -> Condition:
    return exists(select(people.c.id).where(people.c.id == clients.c.telegram_id, condition))


def _id_where(condition: Condition) -> Condition:
    return exists(
        select(client_ids.c.external_id).where(client_ids.c.client_id == clients.c.id, condition)
    )


def _account_where(condition: Condition) -> Condition:
    return exists(
        select(client_accounts.c.account_id).where(
            client_accounts.c.client_id == clients.c.id, condition
        )
    )


def _client_is(wanted: SearchText) -> Condition:
    if wanted.is_username:
        return _person_of_client(_is_username(wanted))
    return or_(
        _id_where(client_ids.c.external_id.in_((wanted.plain, wanted.plain.lower()))),
        _account_where(client_accounts.c.account_id == wanted.plain),
        _is_number(clients.c.telegram_id, wanted),
        _has_contact(wanted),
        _person_of_client(_is_username(wanted)),
    )


def _client_like(wanted: SearchText) -> Condition:
    if wanted.is_username:
        return false()
    phone = clients.c.phone_digits.contains(wanted.phone) if wanted.phone else false()
    return or_(
        _contains(clients.c.name, wanted),
        func.lower(clients.c.email).contains(wanted.plain.lower(), autoescape=True)
        if len(wanted.plain) >= CONTAINED_MIN
        else false(),
        phone,
        _account_where(_contains(client_accounts.c.name, wanted)),
        _id_where(_begins(client_ids.c.external_id, wanted)),
    )
