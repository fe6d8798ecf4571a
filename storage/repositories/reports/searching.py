"""The home of finding clients by what people type."""

from sqlalchemy import ColumnElement, or_, select

from domain.contacts import normal_phone
from domain.entities.filters import Wanted
from storage.tables import client_accounts, client_ids, clients

PHONE_DIGITS_MIN = 6


def found_by(wanted: Wanted) -> ColumnElement[bool] | None:
    """Return the condition that a client is what is searched for, ``None`` for no search."""
    typed = wanted.search.strip()
    if not typed:
        return None
    conditions: list[ColumnElement[bool]] = [
        _called(typed.casefold(), is_exact=wanted.is_exact),
        clients.c.id.in_(select(client_ids.c.client_id).where(client_ids.c.external_id == typed)),
        clients.c.id.in_(
            select(client_accounts.c.client_id).where(client_accounts.c.account_id == typed)
        ),
    ]
    digits = normal_phone(typed)
    if len(digits) >= PHONE_DIGITS_MIN:
        conditions.append(clients.c.phone_digits == digits)
    return or_(*conditions)


def _called(folded: str, *, is_exact: bool) -> ColumnElement[bool]:
    """Return the condition on name and e-mail, which stand on two lines of one column."""
    if is_exact:
        return or_(
            clients.c.search.startswith(f"{folded}\n", autoescape=True),
            clients.c.search.endswith(f"\n{folded}", autoescape=True),
        )
    return clients.c.search.contains(folded, autoescape=True)
