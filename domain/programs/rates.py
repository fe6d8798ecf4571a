"""The home of the numbers of a program file: tiers, rate table, shares and the minimum."""

import re

from domain.money import DECIMALS, BadAmount, Money, Rate, decimals_of, parse_money
from domain.programs.model_rates import ANY, FIRST, RateRow, Settlement, TierLevel
from domain.programs.reading import Table
from domain.programs.values import Read, Unfit, WrongType, hint, integer, kind_of, one_of, text

_TIER_KEY = re.compile(r"[a-z][a-z0-9_-]{0,31}", re.ASCII)
FROM_CLIENTS_MAX = 1_000_000_000
FROM_MONTH_MAX = 1_200
CATEGORY_LENGTH_MAX = 128
_RATE_FAULTS = {
    "format": 'a percentage such as "12.5%" is needed: from 0% to 100%, at most two decimals',
    "too_large": "is over 100 %: from 0% to 100% is allowed",
}


def share(value: object) -> Rate:
    """Read a percentage written as text, such as ``12.5%``."""
    if not isinstance(value, str):
        raise WrongType(f'text such as "10%", in quotes, is needed, this is {kind_of(value)}')
    try:
        return Rate.parse(value)
    except BadAmount as bad:
        raise Unfit(f"{value[:20]!r}: {_RATE_FAULTS[str(bad.facts['problem'])]}") from None


def read_minimum(currency: str) -> Read[Money]:
    """Return a reader of the least pay-out; an unknown currency is reported elsewhere."""

    def read(value: object) -> Money:
        if not isinstance(value, str):
            raise WrongType(
                f'an amount in quotes is needed, such as "50.00", this is {kind_of(value)}'
            )
        if currency not in DECIMALS:
            return Money(0, currency)
        try:
            return parse_money(value, currency)
        except BadAmount:
            decimals = decimals_of(currency)
            allowed = f"with at most {decimals} decimals" if decimals else "without decimals"
            raise Unfit(
                f"{value[:40]!r} is no amount in {currency}: digits above zero, {allowed}"
            ) from None

    return read


def read_amount(currency: str) -> Read[Money | None]:
    """Return a reader of an amount that may be left out."""
    return read_minimum(currency)


def read_levels(tiers: Table) -> tuple[TierLevel, ...]:
    """Read the tiers, lowest first; keys are unique and the counts grow strictly."""
    levels: list[TierLevel] = []
    before: int | None = None
    for row in tiers.tables("levels"):
        key = row.need("key", _tier_key, _as_written(row), what="a lasting name such as plus")
        count = row.need(
            "from",
            integer(1, FROM_CLIENTS_MAX),
            0,
            what="the count of clients at which it begins",
        )
        row.close()
        if key and any(level.key == key for level in levels):
            row.report.add((*row.path, "key"), f"the tier {key!r} stands here twice")
        if count and before and count <= before:
            row.report.add(
                (*row.path, "from"),
                f"{count} overlaps the tier before, which begins at {before}: "
                "write the tiers lowest first, each beginning higher than the one before",
            )
        before = max(count, before or 0)
        levels.append(TierLevel(key=key, from_clients=count))
    return tuple(levels)


def _as_written(row: Table) -> str:
    """Return even a wrong key, so that rows which name it are not called wrong as well."""
    return str(row.data.get("key", ""))


def _tier_key(value: object) -> str:
    key = text()(value)
    if not _TIER_KEY.fullmatch(key):
        raise Unfit(
            "a tier key is a small Latin letter, then small letters, digits, - and _ (up to 32)"
        )
    return key


def read_rates(
    commission: Table,
    levels: tuple[TierLevel, ...],
    duration_months: int | None,
    currency: str,
) -> tuple[RateRow, ...]:
    """Read the rate table; two rows equally specific are an error (R7)."""
    known = [level.key for level in levels]
    rows: dict[tuple[str, str, str, str, int], int] = {}
    result = []
    for number, table in enumerate(commission.tables("rates"), start=1):
        faults = len(table.report.problems)
        row = _read_row(table, known, currency)
        if len(table.report.problems) > faults:
            continue
        same = (row.category, row.tier, row.settlement, row.payment, row.from_month)
        if same in rows:
            table.report.add(
                table.path,
                f"is as specific as row {rows[same]}: one category, tier, settlement, "
                "payment and from_month may stand in one row only",
            )
        rows.setdefault(same, number)
        if duration_months and row.from_month >= duration_months:
            table.report.add(
                (*table.path, "from_month"),
                f"{row.from_month} never holds: a client earns for {duration_months} months",
            )
        result.append(row)
    return tuple(result)


def _read_row(table: Table, tiers: list[str], currency: str) -> RateRow:
    is_fixed = table.has("amount")
    if is_fixed and table.has("rate"):
        table.report.add(
            (*table.path, "amount"),
            "stands beside a rate: a row gives either a share or an amount",
        )
    row = RateRow(
        category=table.take("category", _category, ANY),
        tier=table.take("tier", _known_tier(tiers), ANY),
        settlement=table.take("settlement", one_of(*Settlement, ANY), ANY),
        payment=table.take("payment", one_of(FIRST, ANY), ANY),
        from_month=table.take("from_month", integer(0, FROM_MONTH_MAX), 0),
        rate=Rate(0)
        if is_fixed
        else table.need("rate", share, Rate(0), what='a percentage such as "10%"'),
        amount=table.take("amount", read_amount(currency), None) if is_fixed else None,
    )
    table.close()
    return row


def _category(value: object) -> str:
    category = text(most=CATEGORY_LENGTH_MAX)(value)
    if category != value:
        raise Unfit("spaces around the name would never match a payment")
    return category


def _known_tier(tiers: list[str]) -> Read[str]:
    def read(value: object) -> str:
        key = text()(value)
        if key != ANY and key not in tiers:
            raise Unfit(f"unknown tier {key[:40]!r}; {hint(key, [*tiers, ANY])}")
        return key

    return read
