"""The home of pinning in a program file: ``[pinning]`` in, its terms out."""

import re

from domain.programs.model_pinning import Pinning, Unconfirmed
from domain.programs.reading import Table
from domain.programs.values import Unfit, integer, member_of, text

PINS_PER_DAY_MAX = 1_000
CONFIRM_DAYS_MAX = 90
FORMAT_LENGTH_MAX = 200
EXAMPLE_LENGTH_MAX = 128


def read_pinning(root: Table) -> Pinning | None:
    """Return how clients are named in advance, ``None`` where the section is left out (R23)."""
    if not root.has("pinning"):
        return None
    table = root.table("pinning")
    usual = Pinning()
    terms = Pinning(
        per_day=table.take("per_day", integer(1, PINS_PER_DAY_MAX), usual.per_day),
        confirm_days=table.take("confirm_days", integer(1, CONFIRM_DAYS_MAX), usual.confirm_days),
        after_refusal=table.take("after_refusal", member_of(Unconfirmed), usual.after_refusal),
        after_silence=table.take("after_silence", member_of(Unconfirmed), usual.after_silence),
        account_format=table.take("account_format", _format, None),
        account_example=table.take("account_example", _example, None),
    )
    _check_example(table, terms)
    table.close()
    return terms


def _format(value: object) -> str | None:
    pattern = text(most=FORMAT_LENGTH_MAX)(value)
    try:
        re.compile(pattern, re.ASCII)
    except re.error as error:
        raise Unfit(f"is no regular expression: {error}") from None
    return pattern


def _example(value: object) -> str | None:
    return text(most=EXAMPLE_LENGTH_MAX)(value)


def _check_example(table: Table, terms: Pinning) -> None:
    """Report an example that is missing or that the expression does not fit."""
    if terms.account_format is None:
        return
    path = (*table.path, "account_example")
    if terms.account_example is None:
        table.report.add(path, "is missing: an id that account_format fits")
    elif not re.fullmatch(terms.account_format, terms.account_example, re.ASCII):
        table.report.add(path, "account_format does not fit it")
