"""The home of the price list of a program file: ``[price_list]`` in, items out."""

import re
from collections.abc import Sequence
from types import MappingProxyType

from domain.money import Money
from domain.programs.model import LANGUAGES
from domain.programs.model_offers import PriceItem, PricePeriod
from domain.programs.model_rates import ANY, RateRow, Settlement
from domain.programs.rates import CATEGORY_LENGTH_MAX, read_minimum
from domain.programs.reading import Table
from domain.programs.values import Unfit, integer, member_of, text

_KEY = re.compile(r"[a-z][a-z0-9_-]{0,31}", re.ASCII)
ITEMS_MAX = 30
NAME_LENGTH_MAX = 60
DUE_DAYS_MAX = 90
DUE_DAYS = 7
_LIMITS = ("minimum_payment", "payment_cap", "client_cap", "month_cap", "tax_included")


def read_price_list(
    root: Table, currency: str, rates: Sequence[RateRow]
) -> tuple[tuple[PriceItem, ...], int]:
    """Return the items, as they are written, and in how many days an invoice is due (R15)."""
    if not root.has("price_list"):
        return (), DUE_DAYS
    table = root.table("price_list")
    due_days = table.take("due_days", integer(1, DUE_DAYS_MAX), DUE_DAYS)
    rows = table.tables("items")
    items: list[PriceItem] = []
    for row in rows[:ITEMS_MAX]:
        item = _read_item(row, currency)
        if item.key and any(known.key == item.key for known in items):
            row.report.add((*row.path, "key"), f"the item {item.key!r} stands here twice")
        _check_rate(row, item, rates)
        items.append(item)
    _check_whole(table, rows, items)
    table.close()
    return tuple(items), due_days


def refuse_limits(commission: Table, root: Table) -> None:
    """Report limits beside a price list: an invoice fixes its share before there is a payment."""
    if not root.has("price_list"):
        return
    for key in _LIMITS:
        if commission.has(key):
            commission.report.add(
                (*commission.path, key),
                "cannot stand beside [price_list]: an invoice fixes the partner's share of the "
                "full price when it is asked for; leave one of the two out",
            )


def _check_whole(table: Table, rows: Sequence[Table], items: Sequence[PriceItem]) -> None:
    """Report what is wrong with the list as a whole."""
    place = (*table.path, "items")
    if not rows:
        table.report.add(place, "is missing: at least one [[price_list.items]]")
    if len(rows) > ITEMS_MAX:
        table.report.add(place, f"{len(rows)} items are too many: at most {ITEMS_MAX}")
    named = [item for item in items if item.category is not None]
    if named and len(named) < len(items):
        bare = next(item.key for item in items if item.category is None)
        table.report.add(
            place,
            f"the item {bare!r} has no category and others have: name one for all or for none, "
            "as one payment is made of them",
        )


def _check_rate(row: Table, item: PriceItem, rates: Sequence[RateRow]) -> None:
    """Report an item for which no row says what a partner keeps that collects the price."""
    if any(
        rate.category in (ANY, item.category)
        and rate.settlement in (ANY, Settlement.VIA_PARTNER)
        and rate.from_month == 0
        for rate in rates
    ):
        return
    what = f"the category {item.category!r}" if item.category else "items without category"
    place = (*row.path, "category") if item.category else row.path
    row.report.add(
        place,
        f"commission.rates has no row for {what} with settlement via_partner, so a partner would "
        "keep nothing of it",
    )


def _read_item(table: Table, currency: str) -> PriceItem:
    names = table.table("names")
    item = PriceItem(
        key=table.need("key", _key, "", what="a lasting name such as chat-month"),
        names=MappingProxyType(
            {
                language: names.need(
                    language, text(most=NAME_LENGTH_MAX), "", what="its name in this language"
                )
                for language in LANGUAGES
            }
        ),
        price=table.need(
            "price", read_minimum(currency), Money(0, currency), what='an amount such as "990.00"'
        ),
        period=table.need(
            "period", member_of(PricePeriod), PricePeriod.ONCE, what="month, year or once"
        ),
        category=table.take("category", _category, None),
    )
    names.close()
    table.close()
    return item


def _key(value: object) -> str:
    key = text()(value)
    if not _KEY.fullmatch(key):
        raise Unfit(
            "an item key is a small Latin letter, then small letters, digits, - and _ (up to 32)"
        )
    return key


def _category(value: object) -> str | None:
    return text(most=CATEGORY_LENGTH_MAX)(value)
