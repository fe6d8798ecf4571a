"""The home of the program loader: a TOML text in, a program or all of its mistakes out."""

import re
import tomllib
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from domain.money import Money, Rate, UnknownCurrency, decimals_of
from domain.programs.application import read_application
from domain.programs.documents import read_certificate, read_payout_documents
from domain.programs.legal_forms import read_forms
from domain.programs.locate import line_of_error, lines_of, words_of_error
from domain.programs.model import (
    SIGNALS,
    STRONG_SIGNALS,
    Acceptance,
    AttributionModel,
    JoiningMode,
    PayoutSchedule,
    Program,
)
from domain.programs.model_rates import ANY, NO_RATE, Conversion, TierBasis
from domain.programs.pinning import read_pinning
from domain.programs.price_list import read_price_list, refuse_limits
from domain.programs.problems import Problem, ProgramFileInvalid, Report
from domain.programs.promos import read_promo
from domain.programs.rates import read_amount, read_levels, read_minimum, read_rates, share
from domain.programs.reading import Table
from domain.programs.texts import read_texts
from domain.programs.values import (
    Unfit,
    WrongType,
    flag,
    integer,
    kind_of,
    member_of,
    one_of,
    text,
    web_address,
)

_KEY = re.compile(r"[a-z][a-z0-9_-]{0,63}", re.ASCII)
VERSION_MAX = 1_000_000
WINDOW_DAYS_MAX = 36_500
DURATION_MONTHS_MAX = 1_200
HOLD_DAYS_MAX = 365
CLAIM_DAYS_MAX = 90
CLAIMS_PER_DAY_MAX = 1_000
RENEWAL_DAYS_MAX = 60
ANNOUNCE_DAYS_MAX = 365
PAYOUT_DAY_MAX = 28
"""The last day that every month has."""


def load_program(text: str, *, source: str) -> Program:
    """Read a program file.

    Args:
        text: The TOML text.
        source: Name of the file, for the messages.

    Raises:
        ProgramFileInvalid: with everything that is wrong.
    """
    text = text.removeprefix("\ufeff")
    try:
        data = tomllib.loads(text)
    except ValueError as error:
        problem = Problem(
            source, line_of_error(error, text), "", f"not TOML: {words_of_error(error)}"
        )
        raise ProgramFileInvalid([problem]) from None
    except RecursionError:
        raise ProgramFileInvalid([Problem(source, None, "", "nested too deeply")]) from None
    report = Report(source, lines_of(text))
    program = _read_program(Table.over(data, report))
    if report.problems:
        raise ProgramFileInvalid(report.in_order())
    return program


def _read_program(root: Table) -> Program:
    head = root.table("program", required=True)
    currency = head.need("currency", _currency, "", what="an ISO 4217 code such as USD")
    joining, attribution = root.table("joining"), root.table("attribution")
    tiers, commission = root.table("tiers"), root.table("commission")
    minimum, schedule, day = _read_payout(root, currency)
    announce_days, acceptance = _read_terms(root)
    # A mode that cannot be read is not blamed on the keys that only an application has.
    usual = JoiningMode.APPLICATION if joining.has("mode") else JoiningMode.ACCEPT_RULES
    mode = joining.take("mode", member_of(JoiningMode), usual)
    levels = read_levels(tiers)
    duration = commission.take("duration_months", _months, None)
    rates = read_rates(commission, levels, duration, currency)
    price_list, due_days = read_price_list(root, currency, rates)
    refuse_limits(commission, root)
    categories = list(dict.fromkeys(row.category for row in rates if row.category != ANY))
    program = Program(
        key=head.need("key", _key, "", what="a lasting name such as saas-tiers"),
        currency=currency,
        version=head.take("version", integer(1, VERSION_MAX), 1),
        version_date=head.take("version_date", _date, None),
        landing_url=head.take("landing_url", _url, None),
        joining=mode,
        forms=read_forms(joining, mode),
        application=read_application(joining, is_asked=mode is JoiningMode.APPLICATION),
        announce_days=announce_days,
        acceptance=acceptance,
        window_days=attribution.take("window_days", _days, None),
        model=attribution.take("model", member_of(AttributionModel), AttributionModel.FIRST_CLICK),
        tier_basis=tiers.take("basis", member_of(TierBasis), TierBasis.PAYING_CLIENTS),
        tiers=levels,
        duration_months=duration,
        hold_days=commission.take("hold_days", integer(0, HOLD_DAYS_MAX), 0),
        rates=rates,
        price_list=price_list,
        invoice_due_days=due_days,
        minimum_payment=commission.take("minimum_payment", read_amount(currency), None),
        payment_cap=commission.take("payment_cap", read_amount(currency), None),
        client_cap=commission.take("client_cap", read_amount(currency), None),
        month_cap=commission.take("month_cap", read_amount(currency), None),
        tax=commission.take("tax_included", share, NO_RATE),
        payout_minimum=minimum,
        payout_schedule=schedule,
        payout_day=day,
        conversion=_conversion(root),
        texts=MappingProxyType(read_texts(root, [level.key for level in levels], categories)),
    )
    program = _with_dealings(root, program)
    for table in (root, head, joining, attribution, tiers, commission):
        table.close()
    return program


def _with_dealings(root: Table, program: Program) -> Program:
    """Return the program with what it says beside attribution and money."""
    fraud, claims = root.table("fraud"), root.table("claims")
    support, renewals = root.table("support"), root.table("renewals")
    entitlements = root.table("entitlements")
    holds = frozenset(fraud.take_list("hold", one_of(*SIGNALS)))
    program = replace(
        program,
        fraud_holds=holds if fraud.has("hold") else STRONG_SIGNALS,
        claim_days=claims.take("days", integer(1, CLAIM_DAYS_MAX), 14),
        claims_per_day=claims.take("per_day", integer(1, CLAIMS_PER_DAY_MAX), 5),
        client_first_to_partner=support.take("client_first_to_partner", flag, default=False),
        renewal_days=_renewal_days(renewals),
        pinning=read_pinning(root),
        free_products=entitlements.take("free_products", flag, default=False),
        payout_documents=read_payout_documents(root),
        has_certificate=read_certificate(root),
        promo=read_promo(root),
    )
    for table in (fraud, claims, support, renewals, entitlements):
        table.close()
    return program


def _renewal_days(table: Table) -> tuple[int, ...]:
    """Return how many days ahead of a service's end partners are reminded, most first."""
    days = table.take_list("days_ahead", integer(1, RENEWAL_DAYS_MAX))
    return tuple(sorted(set(days), reverse=True))


def _read_terms(root: Table) -> tuple[int, Acceptance]:
    """Return how partners hear of changed terms, and whether they accept them again (R30)."""
    table = root.table("terms")
    announce_days = table.take("announce_days", integer(0, ANNOUNCE_DAYS_MAX), 0)
    acceptance = table.take("acceptance", member_of(Acceptance), Acceptance.NOTICE)
    table.close()
    return announce_days, acceptance


def _read_payout(root: Table, currency: str) -> tuple[Money, PayoutSchedule, int]:
    """Return the least pay-out, when pay-outs are made, and the day of the month.

    A day that no schedule needs is a mistake of the vendor.
    """
    payout = root.table("payout", required=True)
    minimum = payout.need(
        "minimum", read_minimum(currency), Money(0, currency), what='an amount such as "50.00"'
    )
    schedule = payout.take("schedule", member_of(PayoutSchedule), PayoutSchedule.ON_REQUEST)
    if payout.has("day") and payout.data.get("schedule") in (None, PayoutSchedule.ON_REQUEST):
        payout.report.add(
            (*payout.path, "day"),
            'means nothing on request: write schedule = "monthly" or "quarterly", or leave it out',
        )
    day = payout.take("day", integer(1, PAYOUT_DAY_MAX), 1)
    payout.close()
    return minimum, schedule, day


def _conversion(root: Table) -> Conversion | None:
    if not root.has("conversion"):
        return None
    table = root.table("conversion")
    conversion = Conversion(
        bonus=table.need("bonus", share, Rate(0), what='a percentage such as "20%"'),
        bonus_base=table.take("bonus_base", one_of("payment", "amount"), "payment"),
    )
    table.close()
    return conversion


def _key(value: object) -> str:
    key = text()(value)
    if not _KEY.fullmatch(key):
        raise Unfit(
            "a key is a small Latin letter followed by small letters, digits, - and _ (up to 64)"
        )
    return key


def _currency(value: object) -> str:
    code = text()(value)
    try:
        decimals_of(code)
    except UnknownCurrency:
        raise Unfit(
            f"unknown currency {code[:20]!r}: an ISO 4217 code of three capitals, such as USD"
        ) from None
    return code


def _date(value: object) -> date | None:
    if isinstance(value, datetime) or not isinstance(value, date):
        kind = "a date with time" if isinstance(value, datetime) else kind_of(value)
        raise WrongType(f"a date such as 2026-01-31, without quotes, is needed, this is {kind}")
    return value


def _url(value: object) -> str | None:
    return web_address(value)


def _days(value: object) -> int | None:
    return integer(1, WINDOW_DAYS_MAX)(value)


def _months(value: object) -> int | None:
    return integer(1, DURATION_MONTHS_MAX)(value)
