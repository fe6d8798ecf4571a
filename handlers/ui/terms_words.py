"""The home of the words of terms: what a version changes, from what to what."""

from collections.abc import Callable, Iterator

from domain.programs.model import AttributionModel, PayoutSchedule, Program
from domain.programs.model_rates import ANY, FIRST, RateRow, Settlement, TierBasis
from domain.programs.publishing import ACCEPTED_TEXTS
from handlers.ui.earnings import category_name
from handlers.ui.html import Html
from handlers.ui.language import Language

Shown = Callable[[Language, Program], object]


def row_about(language: Language, program: Program, row: RateRow) -> str:
    """Return what a row is about beside its tier; nothing where it is about everything."""
    say = language.say
    parts: list[str] = []
    if row.payment == FIRST:
        parts.append(say("first payment of a client"))
    if row.category != ANY:
        parts.append(category_name(language, program, row.category))
    if row.settlement == Settlement.DIRECT:
        parts.append(say("the client pays the vendor"))
    elif row.settlement == Settlement.VIA_PARTNER:
        parts.append(say("you collect the payment"))
    if row.from_month:
        parts.append(
            language.say_many("after {count} month", "after {count} months", row.from_month)
        )
    return ", ".join(parts)


def row_gives(language: Language, row: RateRow) -> str:
    """Return what a row gives: a share, or an amount."""
    return language.percent(row.rate) if row.amount is None else language.money(row.amount)


def changes_of(language: Language, before: Program, after: Program) -> list[Html]:
    """Return what a version changes, a line for each thing; never empty for other terms."""
    found = [
        *_rates(language, before, after),
        *_tiers(language, before, after),
        *_rest(language, before, after),
    ]
    if any(
        getattr(before.text(language.code), name) != getattr(after.text(language.code), name)
        for name in ACCEPTED_TEXTS
    ):
        found.append(language.say("The text of the rules"))
    return found


def _rates(language: Language, before: Program, after: Program) -> Iterator[Html]:
    say = language.say
    old = {_place(row): row for row in before.rates}
    new = {_place(row): row for row in after.rates}
    for place in dict.fromkeys([*old, *new]):
        was, now = old.get(place), new.get(place)
        row = now or was
        if row is None or was == now:
            continue
        program = after if now else before
        name = row_name(language, program, row)
        if was is None:
            yield say("{name}: {new} (new)", name=name, new=row_gives(language, row))
        elif now is None:
            yield say("{name}: {old} is no more", name=name, old=row_gives(language, was))
        else:
            yield _turned(language, name, row_gives(language, was), row_gives(language, now))


def _place(row: RateRow) -> tuple[object, ...]:
    return row.payment, row.category, row.tier, row.settlement, row.from_month


def row_name(language: Language, program: Program, row: RateRow) -> str:
    """Return what a row is about, with its tier."""
    about = row_about(language, program, row)
    tier = program.tier_name(row.tier, language.code) if row.tier != ANY else ""
    name = " · ".join(part for part in (tier, about) if part)
    return name or language.say("Any payment")


def _tiers(language: Language, before: Program, after: Program) -> Iterator[Html]:
    say = language.say
    old = {level.key: level.from_clients for level in before.tiers}
    new = {level.key: level.from_clients for level in after.tiers}

    def clients(count: int) -> Html:
        return language.say_many("from {count} client", "from {count} clients", count)

    for key in dict.fromkeys([*old, *new]):
        if old.get(key) == new.get(key):
            continue
        program = after if key in new else before
        name = say("Tier “{tier}”", tier=program.tier_name(key, language.code))
        if key not in old:
            yield say("{name}: {new} (new)", name=name, new=clients(new[key]))
        elif key not in new:
            yield say("{name}: {old} is no more", name=name, old=clients(old[key]))
        else:
            yield _turned(language, name, clients(old[key]), clients(new[key]))


def _turned(language: Language, name: object, old: object, new: object) -> Html:
    return language.say("{name}: {old} → {new}", name=name, old=old, new=new)


def _rest(language: Language, before: Program, after: Program) -> Iterator[Html]:
    say = language.say
    rest: list[tuple[Html, Shown]] = [
        (say("A client brings you money for"), _duration),
        (say("A commission can be withdrawn"), _hold),
        (say("A click counts for"), _window),
        (say("Of several partners, the client belongs to"), _model),
        (say("The tier goes by"), _basis),
        (say("Least payment that earns"), lambda _, one: one.minimum_payment or "—"),
        (say("Most that one payment earns"), lambda _, one: one.payment_cap or "—"),
        (say("Most that one client earns you"), lambda _, one: one.client_cap or "—"),
        (say("Most that you earn in a month"), lambda _, one: one.month_cap or "—"),
        (say("Tax in the payments, without a share"), _tax),
        (say("Least pay-out"), lambda _, one: one.payout_minimum),
        (say("Pay-outs"), schedule_name),
        (say("Bonus for conversion into credit"), _bonus),
    ]
    for name, shown in rest:
        old, new = shown(language, before), shown(language, after)
        if old != new:
            yield _turned(language, name, old, new)


def _duration(language: Language, program: Program) -> object:
    if program.duration_months is None:
        return language.say("as long as it pays")
    return language.say_many("{count} month", "{count} months", program.duration_months)


def _hold(language: Language, program: Program) -> object:
    if not program.hold_days:
        return language.say("at once")
    return language.say_many("after {count} day", "after {count} days", program.hold_days)


def _window(language: Language, program: Program) -> object:
    if program.window_days is None:
        return language.say("any time")
    return language.say_many("{count} day", "{count} days", program.window_days)


def _model(language: Language, program: Program) -> object:
    if program.model is AttributionModel.FIRST_CLICK:
        return language.say("the first click")
    return language.say("the last click")


def _basis(language: Language, program: Program) -> object:
    if program.tier_basis is TierBasis.PAYING_CLIENTS:
        return language.say("paying clients")
    return language.say("clients with active services")


def _tax(language: Language, program: Program) -> object:
    return language.percent(program.tax) if program.tax.bps else "—"


def schedule_name(language: Language, program: Program) -> object:
    """Return when pay-outs are made."""
    day = program.payout_day
    match program.payout_schedule:
        case PayoutSchedule.MONTHLY:
            return language.say("each month, on day {day}", day=day)
        case PayoutSchedule.QUARTERLY:
            return language.say("after each quarter, on day {day} of the next month", day=day)
        case PayoutSchedule.ON_REQUEST:
            return language.say("when you ask")


def _bonus(language: Language, program: Program) -> object:
    if program.conversion is None:
        return "—"
    rate = language.percent(program.conversion.bonus)
    if program.conversion.bonus_base == "payment":
        return language.say("{rate} of the clients’ payments", rate=rate)
    return language.say("{rate} of the commissions", rate=rate)
