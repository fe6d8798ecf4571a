"""The home of the calculator's screen."""

from domain.money import Money
from domain.programs.model import Program, Programs
from domain.usecases.calculator.forecast import CLIENTS_MAX, Earning, Forecast, usual_bill
from handlers.ui.callbacks import Calculate, Open
from handlers.ui.earnings import tier_words, way_names
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.program_notes import notes_of
from handlers.ui.screen import Button, Rows, Screen

CLIENT_STEPS = (-10, -1, 1, 10)
BILL_STEPS = (-4, -1, 1, 4)
"""In quarters of the usual bill."""
WHOLE_YEAR = 12


def calculator_screen(
    language: Language, forecast: Forecast, programs: Programs, *, is_partner: bool
) -> Screen:
    """Return what the expected clients would bring, with buttons that change them."""
    say, program = language.say, forecast.program
    clients = language.say_many(
        "{count} paying client", "{count} paying clients", forecast.clients
    )
    text = lines(
        say("🧮 <b>Calculator</b>"),
        program.text(language.code).title if len(programs) > 1 else None,
        "",
        say("{clients}, {bill} each a month", clients=clients, bill=forecast.bill),
        tier_words(language, forecast),
        "",
        *_sums(language, forecast),
        *_ladder(language, forecast),
        *(Html(f"▫️ {note}") for note in notes_of(language, program)),
        "",
        say("Press the buttons, or send two numbers: clients and average bill. Example: 25 80"),
    )
    return Screen(text, (*_steps(language, forecast, programs), *_ways_on(language, is_partner)))


def _sums(language: Language, forecast: Forecast) -> list[Html]:
    if not forecast.earnings:
        return [language.say("This program pays no commission.")]
    if len(forecast.earnings) == 1:
        return _sum(language, forecast, forecast.earnings[0])
    names = way_names(language, forecast)
    return [
        language.say(
            "▫️ {name}, {rate}: <b>{month}</b> a month, {year} {period}",
            name=name,
            rate=earning.rate,
            month=earning.month,
            year=earning.year,
            period=period(language, forecast),
        )
        for name, earning in zip(names, forecast.earnings, strict=True)
    ]


def _sum(language: Language, forecast: Forecast, earning: Earning) -> list[Html]:
    say = language.say
    found = [
        say("Your share: {rate}", rate=earning.rate),
        say("💰 <b>{month}</b> a month", month=earning.month),
        say("💰 <b>{year}</b> {period}", year=earning.year, period=period(language, forecast)),
    ]
    if earning.credit_month is not None:
        found.append(say("🎁 or {credit} a month as service credit", credit=earning.credit_month))
    return found


def period(language: Language, forecast: Forecast) -> Html:
    """Return for how long the larger sum is: a year, or as long as clients earn."""
    if forecast.months < WHOLE_YEAR:
        return language.say_many(
            "in the first {count} month", "in the first {count} months", forecast.months
        )
    return language.say("a year")


def _ladder(language: Language, forecast: Forecast) -> list[Html]:
    """Return what the same bill brings at the first count of each tier, for one way of earning."""
    if len(forecast.earnings) != 1 or not forecast.steps:
        return []
    held = forecast.progress.level
    return [
        Html(""),
        *(
            Html("▶️ " if step.level == held else "▫️ ")
            + language.say(
                "{tier}: {from_clients} — {rate}, from {month} a month",
                tier=forecast.program.tier_name(step.level.key, language.code),
                from_clients=language.say_many(
                    "from {count} client", "from {count} clients", step.level.from_clients
                ),
                rate=step.rates[0] or "—",
                month=step.month[0],
            )
            for step in forecast.steps
        ),
    ]


def _steps(language: Language, forecast: Forecast, programs: Programs) -> Rows:
    program = forecast.program
    place = list(programs).index(program.key)
    quarter = max(1, usual_bill(program).minor // 4)

    def value(clients: int, minor: int) -> Calculate:
        return Calculate(
            place=place,
            clients=min(max(clients, 1), CLIENTS_MAX),
            minor=max(minor, 1),
        )

    by_clients = tuple(
        Button(
            f"👥 {_signed(str(abs(step)), step)}", value(forecast.clients + step, _bill(forecast))
        )
        for step in CLIENT_STEPS
    )
    by_bill = tuple(
        Button(
            f"🧾 {_signed(_plain(program, quarter * abs(step)), step)}",
            value(forecast.clients, _bill(forecast) + quarter * step),
        )
        for step in BILL_STEPS
        if _bill(forecast) + quarter * step > 0
    )
    rise: tuple[Button, ...] = ()
    following = forecast.progress.following
    if following is not None:
        text = language.say(
            "🏆 {tier}: {from_clients}",
            tier=program.tier_name(following.key, language.code),
            from_clients=language.say_many(
                "from {count} client", "from {count} clients", following.from_clients
            ),
        )
        rise = (Button(text, value(following.from_clients, _bill(forecast))),)
    return (by_clients, by_bill, rise, *_others(language, programs, program))


def _bill(forecast: Forecast) -> int:
    return forecast.bill.minor


def _signed(text: str, step: int) -> str:
    return f"{'−' if step < 0 else '+'}{text}"


def _plain(program: Program, minor: int) -> str:
    return str(Money(minor, program.currency)).rstrip("0").rstrip(".")


def _others(language: Language, programs: Programs, shown: Program) -> Rows:
    return tuple(
        (
            Button(
                f"↪️ {short(each.text(language.code).title, 40)}",
                Calculate(place=place),
            ),
        )
        for place, each in enumerate(programs.values())
        if each.key != shown.key and each.rates
    )


def _ways_on(language: Language, is_partner: bool) -> Rows:  # noqa: FBT001 - read by its name above
    say = language.say
    menu = Button(say("📋 Menu"), Open(screen="menu"))
    if is_partner:
        return ((Button(say("🔗 My link"), Open(screen="link")), menu),)
    return ((Button(say("🤝 Become a partner"), Open(screen="join")),), (menu,))
